import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeSymbols, type PairTable } from './merge-symbols';

/** Merges as the paper says: the best pair of the whole word, leftmost first, again and again. */
function plainly(symbols: readonly number[], table: PairTable): number[] {
  const word = symbols.slice();
  for (;;) {
    let best = -1;
    let at = -1;
    for (let i = 0; i + 1 < word.length; i++) {
      const rank = table.rank(word[i]!, word[i + 1]!);
      if (rank >= 0 && (best === -1 || rank < best)) [best, at] = [rank, i];
    }
    if (at === -1) return word;
    word.splice(at, 2, table.merged(best));
  }
}

/** Symbols 0 to 2, then one new symbol for every merge of two earlier ones. */
const tables = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((pairs): PairTable => {
  const ranks = new Map<string, number>();
  const ids: number[] = [];
  pairs.forEach(([left, right], index) => {
    const key = `${left % (3 + index)},${right % (3 + index)}`;
    if (!ranks.has(key)) ranks.set(key, index);
    ids.push(3 + index);
  });
  return { rank: (left, right) => ranks.get(`${left},${right}`) ?? -1, merged: (rank) => ids[rank]! };
});

describe('mergeSymbols', () => {
  test('merges as the plain algorithm does', () => {
    const property = fc.property(fc.array(fc.nat(2), { maxLength: 40 }), tables, (symbols, table) => {
      expect(mergeSymbols(symbols, table)).toEqual(plainly(symbols, table));
    });
    fc.assert(property, { numRuns: 3000 });
  });

  test('nothing and one symbol stay', () => {
    const never: PairTable = { rank: () => -1, merged: () => 0 };
    expect(mergeSymbols([], never)).toEqual([]);
    expect(mergeSymbols([5], never)).toEqual([5]);
    expect(mergeSymbols([5, 5], never)).toEqual([5, 5]);
  });

  test('an odd run merges from the left', () => {
    const table: PairTable = { rank: (left, right) => (left === 0 && right === 0 ? 0 : -1), merged: () => 1 };
    expect(mergeSymbols([0, 0, 0, 0, 0], table)).toEqual([1, 1, 0]);
  });
});
