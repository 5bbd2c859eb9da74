import { characterSet } from '../characters/character-set';
import { choice, type Expression, literal, nothing, repeat, sequence, set } from '../expression/expression';

const digit = (low: number, high: number): Expression => set(characterSet([0x30 + low, 0x30 + high]));
const anyDigits = (count: number): Expression => repeat(digit(0, 9), count, count);

/** The digit strings of the same length between two of them, ends included. */
function digitsBetween(low: string, high: string): Expression {
  if (low === '') return literal('');
  const [first, last] = [Number(low[0]), Number(high[0])];
  if (first === last) return sequence(digit(first, first), digitsBetween(low.slice(1), high.slice(1)));
  const rest = low.length - 1;
  const parts: Expression[] = [];
  const isLowest = /^0*$/.test(low.slice(1));
  const isHighest = /^9*$/.test(high.slice(1));
  if (!isLowest) parts.push(sequence(digit(first, first), digitsBetween(low.slice(1), '9'.repeat(rest))));
  const from = isLowest ? first : first + 1;
  const to = isHighest ? last : last - 1;
  if (from <= to) parts.push(sequence(digit(from, to), anyDigits(rest)));
  if (!isHighest) parts.push(sequence(digit(last, last), digitsBetween('0'.repeat(rest), high.slice(1))));
  return choice(...parts);
}

/** The integers between two of them, both >= 0, as decimals of at least `width` digits and no other leading zero. */
export function integersBetween(low: bigint, high: bigint, width = 1): Expression {
  if (low > high) return nothing;
  const parts: Expression[] = [];
  const longest = Math.max(width, high.toString().length);
  for (let length = Math.max(width, low.toString().length); length <= longest; length++) {
    const smallest = length === width ? 0n : 10n ** BigInt(length - 1);
    const largest = 10n ** BigInt(length) - 1n;
    const from = low > smallest ? low : smallest;
    const to = high < largest ? high : largest;
    if (from > to) continue;
    parts.push(digitsBetween(from.toString().padStart(length, '0'), to.toString().padStart(length, '0')));
  }
  return choice(...parts);
}
