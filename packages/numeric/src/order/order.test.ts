import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/create-random';
import { arbitraryRow } from '../testing/arbitrary-row';
import { ascendingIndices } from './ascending-indices';
import { descendingIndices } from './descending-indices';
import { kthLargest } from './kth-largest';
import { kthLargestByHeap } from './kth-largest-by-heap';
import { kthLargestByRadix } from './kth-largest-by-radix';
import { sortIndices } from './sort-indices';
import { topIndices } from './top-indices';

/** Candidates in descending order by a comparator; ties by lower index. */
function naiveDescending(row: Float32Array): number[] {
  return Array.from(row.keys())
    .filter((i) => row[i]! > -Infinity)
    .sort((a, b) => row[b]! - row[a]! || a - b);
}

function randomRow(length: number): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length }, () => Math.fround((random.next() - 0.5) * 40));
}

describe('descendingIndices and ascendingIndices', () => {
  test.each([
    [
      [1, 3, 2],
      [1, 2, 0],
    ],
    [
      [2, 2, 3, 2],
      [2, 0, 1, 3],
    ],
    [
      [0, -0, 0],
      [0, 1, 2],
    ],
    [
      [-Infinity, 1, Number.NaN, -1],
      [1, 3],
    ],
    [
      [-1, Infinity, 1e38],
      [1, 2, 0],
    ],
    [[], []],
  ])('%j -> %j', (row, expected) => {
    expect(Array.from(descendingIndices(Float32Array.from(row)))).toEqual(expected);
  });

  test('ascending breaks ties by the lower index as well', () => {
    expect(Array.from(ascendingIndices(Float32Array.of(2, 1, 2, 1, -Infinity)))).toEqual([1, 3, 0, 2]);
  });

  test('agree with a comparator sort', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        expect(Array.from(descendingIndices(row))).toEqual(naiveDescending(row));
        const ascending = naiveDescending(row).sort((a, b) => row[a]! - row[b]! || a - b);
        expect(Array.from(ascendingIndices(row))).toEqual(ascending);
      }),
      { numRuns: 300 },
    );
  });

  test('agree with a comparator sort on 10 000 entries, into a given buffer', () => {
    const row = randomRow(10_000);
    const out = new Int32Array(12_000);
    const sorted = descendingIndices(row, out);
    expect(sorted.buffer).toBe(out.buffer);
    expect(Array.from(sorted)).toEqual(naiveDescending(row));
  });

  test('a row of 151 936 is sorted far faster than a comparator would', () => {
    const row = randomRow(151_936);
    descendingIndices(row);
    const runs = Array.from({ length: 5 }, () => {
      const start = performance.now();
      descendingIndices(row);
      return performance.now() - start;
    });
    expect(Math.min(...runs)).toBeLessThan(68);
  });
});

describe('sortIndices', () => {
  test('sorts a subset in place, stably', () => {
    const row = Float32Array.of(5, 1, 5, 3);
    const indices = Int32Array.of(2, 1, 0);
    expect(sortIndices(indices, row, 'descending')).toBe(indices);
    expect(Array.from(indices)).toEqual([2, 0, 1]);
  });

  test('reads a row that is a part of a larger buffer', () => {
    const part = new Float32Array(Float32Array.of(9, 9, 1, 3, 2).buffer, 8, 3);
    expect(Array.from(descendingIndices(part))).toEqual([1, 2, 0]);
  });
});

describe('kthLargest', () => {
  test('counts equal values one by one', () => {
    const row = Float32Array.of(1, 3, 2, 2, -Infinity);
    expect([1, 2, 3, 4, 5].map((k) => kthLargest(row, k))).toEqual([3, 2, 2, 1, -Infinity]);
  });

  test.each([0, 3, 1.5, Number.NaN])('refuses k = %d of 2', (k) => {
    expect(() => kthLargest(Float32Array.of(1, 2), k)).toThrow(/kthLargest: k must be/);
  });

  test('counts NaN as -Infinity', () => {
    const row = Float32Array.of(Number.NaN, 1, Number.NaN, 2);
    for (const select of [kthLargestByHeap, kthLargestByRadix]) {
      expect([1, 2, 3, 4].map((k) => select(row, k))).toEqual([2, 1, -Infinity, -Infinity]);
    }
  });

  test('agrees with a full sort', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.nat(), (row, seed) => {
        const k = (seed % row.length) + 1;
        const sorted = Array.from(row, (value) => value + 0).sort((a, b) => (a === b ? 0 : b - a));
        expect(kthLargest(row, k) + 0).toBe(sorted[k - 1]);
        expect(kthLargestByRadix(row, k) + 0).toBe(sorted[k - 1]);
        expect(kthLargestByHeap(row, k) + 0).toBe(sorted[k - 1]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('topIndices', () => {
  test.each([
    [[1, 3, 2, 3], 2, [1, 3]],
    [[2, 2, 2], 2, [0, 1]],
    [[1, -Infinity, Number.NaN], 3, [0]],
    [[-Infinity], 1, []],
    [[4, 5], 10, [1, 0]],
    [[4, 5], 0, []],
    [[], 4, []],
  ])('%j, k = %d -> %j', (row, k, expected) => {
    expect(Array.from(topIndices(Float32Array.from(row), k))).toEqual(expected);
  });

  test('refuses a negative or fractional k', () => {
    expect(() => topIndices(Float32Array.of(1), -1)).toThrow(/topIndices: k/);
    expect(() => topIndices(Float32Array.of(1), 0.5)).toThrow(/topIndices: k/);
  });

  test('is the beginning of the full order', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.nat({ max: 320 }), (row, k) => {
        expect(Array.from(topIndices(row, k))).toEqual(naiveDescending(row).slice(0, k));
      }),
      { numRuns: 300 },
    );
  });
});
