import { invalidParameter } from '@nexttoken/model';
import { regexExpression } from '../regex/regex-expression';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { GrammarOptions, GrammarProcessor } from './grammar-processor';

/**
 * Leaves only texts that a regular expression matches as a whole (`^` and `$` at its ends say nothing new).
 *
 * Effect: every finished text satisfies `^(?:pattern)$` with the flag `u`; a RegExp's flags must be none but `u`.
 * Supported: classes, Unicode properties, groups, repetitions, lookaheads outside of groups. Patterns that make
 * backtracking matchers hang cost nothing special here.
 *
 * @throws NextTokenError `invalid-grammar` for what is no pattern, lookbehinds, backreferences, word boundaries;
 *   `empty-grammar`, `grammar-too-large`, `grammar-stuck`, `invalid-parameter`, `unsupported-option`
 */
export function regex(pattern: string | RegExp, options: GrammarOptions): GrammarProcessor {
  checkGrammarOptions('regex', options);
  const isRegExp = pattern instanceof RegExp;
  if (!isRegExp && typeof pattern !== 'string')
    throw invalidParameter('regex', 'pattern', pattern, 'a pattern');
  if (isRegExp && pattern.flags.replace('u', '') !== '') {
    throw invalidParameter('regex', 'pattern', String(pattern), 'a pattern without flags, or with u');
  }
  const source = isRegExp ? pattern.source : pattern;
  const grammar = { root: source, rules: new Map([[source, regexExpression(source, 'whole')]]) };
  return createGrammarProcessor('regex', { pattern: source }, grammar, options);
}
