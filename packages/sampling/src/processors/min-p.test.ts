import { softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { describeTruncation } from '../testing/describe-truncation';
import { keptIds } from '../testing/kept-ids';
import { run } from '../testing/run-processor';
import { minP } from './min-p';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));

/** The rule in its plainest form: sort everything, sum up in order, as the reference describes it. */
function plainRule(row: Float32Array, p: number, keep: number): number[] {
  const q = softmax(row);
  const limit = Math.fround(Math.fround(p) * Math.max(...q));
  const best = Array.from(row.keys()).sort((a, b) => row[b]! - row[a]! || a - b);
  const kept = best.filter((id, rank) => row[id]! > gone && (rank < keep || q[id]! >= limit));
  return kept.sort((a, b) => a - b);
}

describeTruncation('minP', minP, { illegal: [-0.1, 1.1, Number.NaN], neutral: [0] });

describe('minP', () => {
  test.each([
    [logs(0.6, 0.3, 0.1), 0.4, [0, 1]],
    [logs(0.6, 0.3, 0.1), 0.6, [0]],
    [[2, 2, 1], 1, [0, 1]],
    [[1e38, 0, -1e38], 0.1, [0]],
  ])('%j, p = %d keeps %j', (row, p, kept) => {
    expect(keptIds(run(minP(p), row))).toEqual(kept);
  });

  test('equals the plain rule, also where rounding decides', () => {
    const p = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true }),
      fc.constantFrom(1e-30, 0.5, 0.25, Math.exp(-1), Math.exp(-2), 1),
    );
    fc.assert(
      fc.property(arbitraryRow, p, fc.integer({ min: 1, max: 4 }), (row, value, keep) => {
        const kept = keptIds(run(minP(value, { minTokensToKeep: keep }), row));
        expect(kept).toEqual(plainRule(row, value, keep));
      }),
      { numRuns: 500 },
    );
  });
});
