import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { describeTruncation } from '../testing/describe-truncation';
import { keptIds } from '../testing/kept-ids';
import { run } from '../testing/run-processor';
import { topK } from './top-k';

const gone = Number.NEGATIVE_INFINITY;

/** The rule in its plainest form: sort everything, sum up in order, as the reference describes it. */
function plainRule(row: Float32Array, k: number, keep: number): number[] {
  const sorted = Array.from(row).sort((a, b) => (a === b ? 0 : b - a));
  const limit = sorted[Math.min(Math.max(k, keep), row.length) - 1]!;
  return keptIds(row).filter((id) => row[id]! >= limit);
}

describeTruncation('topK', topK, { illegal: [0, -1, 1.5, Number.NaN, Infinity], neutral: [1_000_000] });

describe('topK', () => {
  test.each([
    [[1, 3, 2], 1, [1]],
    [[1, 3, 2, 2, 2], 2, [1, 2, 3, 4]],
    [[1, gone, 3], 2, [0, 2]],
    [[5, gone, gone], 2, [0]],
    [[1, 2, 3], 3, [0, 1, 2]],
  ])('%j, k = %d keeps %j', (row, k, kept) => {
    expect(keptIds(run(topK(k), row))).toEqual(kept);
  });

  test('equals the plain rule', () => {
    fc.assert(
      fc.property(
        arbitraryRow,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (row, k, keep) => {
          expect(keptIds(run(topK(k, { minTokensToKeep: keep }), row))).toEqual(plainRule(row, k, keep));
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    [[1, 3, 2, 2, 2], 2, [1, 2]],
    [[5, 5, 5], 2, [0, 1]],
    [[gone, 1, gone], 2, [1]],
    [[1, 2, 3], 3, [0, 1, 2]],
  ])('%j, k = %d, ties cut keeps %j', (row, k, kept) => {
    expect(keptIds(run(topK(k, { ties: 'cut' }), row))).toEqual(kept);
  });

  test('cut keeps exactly k, and never what the other way removes', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.integer({ min: 1, max: 50 }), (row, k) => {
        const cut = keptIds(run(topK(k, { ties: 'cut' }), row));
        expect(cut).toHaveLength(Math.min(k, keptIds(row).length));
        const kept = new Set(keptIds(run(topK(k), row)));
        expect(cut.every((id) => kept.has(id))).toBe(true);
      }),
    );
  });

  test('ties are shown where they are cut, and checked', () => {
    expect(topK(3, { ties: 'cut' }).parameters).toEqual({ k: 3, minTokensToKeep: 1, ties: 'cut' });
    expect(topK(3, { ties: 'keep' }).parameters).toEqual({ k: 3, minTokensToKeep: 1 });
    expect(() => topK(3, { ties: 'some' as never })).toThrow(/ties must be "keep" or "cut"/);
  });
});
