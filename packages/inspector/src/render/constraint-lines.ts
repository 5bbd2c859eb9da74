import type { ConstraintTrace } from '@nexttoken/generate';
import { rulesInForce } from '../constraint/rules-in-force';
import { visibleText } from '../token/visible-text';
import { formatCount, formatProbability } from './format-number';

/** What a grammar says about the next token: the rule in force; what is allowed, and how hard that forces. */
export function constraintLines(constraint: ConstraintTrace): readonly string[] {
  const { processor, rules, allowed, allowedProbability, forcedText, mayEnd, isComplete } = constraint;
  const rule = visibleText(rulesInForce(rules)).replaceAll('␣', ' ');
  const parts = [
    `allows ${formatCount(allowed)} ${allowed === 1 ? 'token' : 'tokens'}`,
    `the model gave ${formatProbability(allowedProbability)} to what is allowed`,
  ];
  if (forcedText !== '') parts.push(`has to go on with ${visibleText(forcedText)}`);
  if (isComplete) parts.push('nothing may follow');
  else if (mayEnd) parts.push('may end here');
  return [`${processor}: rule in force ${rule}`, `  ${parts.join('; ')}`];
}
