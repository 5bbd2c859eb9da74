import type { NextTokenTable } from '@nexttoken/inspector';

type Constraint = NonNullable<NextTokenTable['constraints']>[number];

/** What a grammar says about the next token, as the command line writes JSON. */
export const constraintData = ({
  processor,
  rules,
  allowed,
  allowedProbability,
  forcedText,
  mayEnd,
}: Constraint) => ({
  processor,
  rules,
  allowed,
  allowed_probability: allowedProbability,
  forced_text: forcedText,
  may_end: mayEnd,
});
