import { NextTokenError } from '@nexttoken/model';
import { allCharacters } from '../characters/character-set';
import { choice, type Expression, empty, repeat, sequence, set } from '../expression/expression';
import { difference, intersection } from '../language/combine';
import { toAutomaton } from '../language/to-automaton';
import { parseRegex, type RegexAlternatives, type RegexItem } from './parse-regex';

const anything: Expression = repeat(set(allCharacters), 0);

/** One sequence, from its end to its beginning: a lookahead is a condition on all that follows it. */
function build(
  items: readonly RegexItem[],
  pattern: string,
  searchBefore: boolean,
  searchBehind: boolean,
): Expression {
  const first = items.findIndex(({ type }) => type !== 'start');
  const anchored = items.length > 0 && first !== 0;
  let last = items.length;
  while (last > 0 && items[last - 1]!.type === 'end') last--;
  const inner = items.slice(first < 0 ? items.length : first, Math.max(last, 0));
  let rest: Expression = last < items.length || !searchBehind ? empty : anything;
  for (const item of inner.toReversed()) {
    if (item.type === 'text') rest = sequence(item.expression, rest);
    else if (item.type === 'lookahead') {
      const seen = toAutomaton(alternatives(item.alternatives, pattern, false, true));
      const automaton = (item.negative ? difference : intersection)(toAutomaton(rest), seen);
      rest = { type: 'automaton', automaton };
    } else {
      const reason = `an anchor (${item.type === 'start' ? '^' : '$'}) in the middle`;
      const message = `the pattern /${pattern}/ has ${reason}, which is not supported`;
      throw new NextTokenError('invalid-grammar', message, { pattern, reason });
    }
  }
  return anchored || !searchBefore ? rest : sequence(anything, rest);
}

function alternatives(
  parts: RegexAlternatives,
  pattern: string,
  searchBefore: boolean,
  searchBehind: boolean,
): Expression {
  return choice(...parts.map((items) => build(items, pattern, searchBefore, searchBehind)));
}

/**
 * The texts that an ECMAScript pattern matches, as with the flag `u`.
 * @param match `whole`: the pattern spells the whole text; `part`: it is found somewhere in it, as JSON schemas mean it
 * @throws NextTokenError `invalid-grammar` for what is no pattern, and for lookbehinds, backreferences, word boundaries
 *   and anchors in the middle; `grammar-too-large`
 */
export function regexExpression(pattern: string, match: 'whole' | 'part'): Expression {
  const search = match === 'part';
  return alternatives(parseRegex(pattern), pattern, search, search);
}
