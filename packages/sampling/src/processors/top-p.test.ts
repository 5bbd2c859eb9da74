import { softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { describeTruncation } from '../testing/describe-truncation';
import { keptIds } from '../testing/kept-ids';
import { run } from '../testing/run-processor';
import { topP } from './top-p';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));

/** The rule in its plainest form: sort everything, sum up in order, as the reference describes it. */
function plainRule(row: Float32Array, p: number, keep: number): number[] {
  const q = softmax(row);
  const ascending = Array.from(row.keys()).sort((a, b) => row[a]! - row[b]! || b - a);
  let sum = 0;
  const kept = ascending.filter((id, rank) => {
    sum += q[id]!;
    return !(Math.fround(sum) <= Math.fround(1 - p)) || rank >= row.length - keep;
  });
  return kept.filter((id) => row[id]! > gone).sort((a, b) => a - b);
}

describeTruncation('topP', topP, { illegal: [-0.1, 1.1, Number.NaN], neutral: [1] });

describe('topP', () => {
  test.each([
    [logs(0.5, 0.3, 0.1, 0.1), 0.4, [0]],
    [logs(0.5, 0.3, 0.1, 0.1), 0.6, [0, 1]],
    [logs(0.1, 0.5, 0.3, 0.1), 0.85, [0, 1, 2]],
    [logs(0.1, 0.5, 0.3, 0.1), 0, [1]],
    [[0, 0, 0, 0], 0.6, [0, 1, 2]],
    [[gone, 1, gone], 0.5, [1]],
  ])('%j, p = %d keeps %j', (row, p, kept) => {
    expect(keptIds(run(topP(p), row))).toEqual(kept);
  });

  test('minTokensToKeep keeps the most likely ones', () => {
    expect(keptIds(run(topP(0, { minTokensToKeep: 2 }), logs(0.1, 0.5, 0.3, 0.1)))).toEqual([1, 2]);
  });

  test('equals the plain rule', () => {
    const p = fc.oneof(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 0.75));
    fc.assert(
      fc.property(arbitraryRow, p, fc.integer({ min: 1, max: 9 }), (row, value, keep) => {
        const kept = keptIds(run(topP(value, { minTokensToKeep: keep }), row));
        expect(kept).toEqual(plainRule(row, value, keep));
      }),
      { numRuns: 500 },
    );
  });

  test('a larger p never keeps less', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryRow, p, p, (row, a, b) => {
        const fewer = keptIds(run(topP(Math.min(a, b)), row));
        const more = new Set(keptIds(run(topP(Math.max(a, b)), row)));
        expect(fewer.every((id) => more.has(id))).toBe(true);
      }),
    );
  });
});
