import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MergeOrder } from './merge-order';
import { createMergeTree } from './merge-tree';
import { createMerger } from './merger';

interface Merged {
  readonly symbols: number[];
  readonly starts: number[];
  readonly merges: [rank: number, index: number][];
}

/** The rule said plainly: merge the first pair of lowest rank, again and again. */
function plainly(symbols: readonly number[], order: MergeOrder): Merged {
  const word = symbols.map((symbol, start) => ({ symbol, start }));
  const merges: [number, number][] = [];
  for (;;) {
    let best = -1;
    let at = -1;
    for (let i = 0; i + 1 < word.length; i++) {
      const rank = order.rank(word[i]!.symbol, word[i + 1]!.symbol, 0, 0);
      if (rank >= 0 && (best === -1 || rank < best)) [best, at] = [rank, i];
    }
    if (at === -1) break;
    merges.push([best, word[at]!.start]);
    word.splice(at, 2, { symbol: order.merged(best), start: word[at]!.start });
  }
  const starts = [...word.map(({ start }) => start), symbols.length];
  return { symbols: word.map(({ symbol }) => symbol), starts, merges };
}

function viaMerger(symbols: readonly number[], order: MergeOrder): Merged {
  const merger = createMerger(order);
  merger.reserve(symbols.length);
  merger.symbols.set(symbols);
  const merges: [number, number][] = [];
  const count = merger.run(symbols.length, (rank, index) => merges.push([rank, index]));
  return {
    symbols: [...merger.symbols.subarray(0, count)],
    starts: [...merger.starts.subarray(0, count + 1)],
    merges,
  };
}

function viaTree(symbols: readonly number[], order: MergeOrder): Merged {
  const [now, starts] = [Int32Array.from(symbols), new Int32Array(symbols.length + 1)];
  const merges: [number, number][] = [];
  const count = createMergeTree(order).run(now, starts, symbols.length, (rank, index) =>
    merges.push([rank, index]),
  );
  return { symbols: [...now.subarray(0, count)], starts: [...starts.subarray(0, count + 1)], merges };
}

/** Symbols 0 to 2, then one new symbol for every merge of two earlier ones. */
const orders = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((pairs): MergeOrder => {
  const ranks = new Map<string, number>();
  const ids: number[] = [];
  pairs.forEach(([left, right], index) => {
    const key = `${left % (3 + index)},${right % (3 + index)}`;
    if (!ranks.has(key)) ranks.set(key, index);
    ids.push(3 + index);
  });
  return { rank: (left, right) => ranks.get(`${left},${right}`) ?? -1, merged: (rank) => ids[rank]! };
});

describe('merging', () => {
  test('short words merge as the plain algorithm does', () => {
    const property = fc.property(fc.array(fc.nat(2), { maxLength: 40 }), orders, (symbols, order) => {
      expect(viaMerger(symbols, order)).toEqual(plainly(symbols, order));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test('long words merge by the tree, to the same', () => {
    const property = fc.property(fc.array(fc.nat(2), { maxLength: 150 }), orders, (symbols, order) => {
      expect(viaTree(symbols, order)).toEqual(plainly(symbols, order));
    });
    fc.assert(property, { numRuns: 700 });
    const long = Array.from({ length: 500 }, (_, i) => (i * i) % 3);
    const order: MergeOrder = {
      rank: (left, right) => (left === 0 && right === 1 ? 0 : -1),
      merged: () => 3,
    };
    expect(viaMerger(long, order)).toEqual(plainly(long, order));
  });

  test('nothing and one symbol stay; an odd run merges from the left', () => {
    const order: MergeOrder = {
      rank: (left, right) => (left === 0 && right === 0 ? 0 : -1),
      merged: () => 1,
    };
    expect(viaMerger([], order).symbols).toEqual([]);
    expect(viaMerger([5], order).symbols).toEqual([5]);
    expect(viaMerger([0, 0, 0, 0, 0], order).symbols).toEqual([1, 1, 0]);
  });

  test('tells which symbols each pair spans', () => {
    const spans: [number, number][] = [];
    const order: MergeOrder = {
      rank(left, right, from, to) {
        spans.push([from, to]);
        return left + right === 1 ? 0 : -1;
      },
      merged: () => 9,
    };
    viaMerger([0, 1, 5], order);
    expect(spans).toEqual([
      [0, 2],
      [1, 3],
      [0, 3],
    ]);
  });
});
