import { entropy, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { etaCutoff } from './eta-cutoff';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));
const keptIds = (row: ArrayLike<number>) => Array.from(row).flatMap((x, id) => (x > gone ? [id] : []));

describe('etaCutoff', () => {
  test('the limit falls with the entropy', () => {
    // One sure token: H = 0.12, √0.04 · exp(-0.12) = 0.18 > 0.04: the limit is 0.04.
    expect(keptIds(run(etaCutoff(0.04), logs(0.97, 0.03)))).toEqual([0]);
    // 16 equal tokens and a small one: H = 2.8, 0.2 · exp(-2.8) = 0.012, so 0.02 stays although it is below 0.04.
    const flat = logs(...Array.from({ length: 16 }, () => 0.98 / 16), 0.02);
    expect(keptIds(run(etaCutoff(0.04), flat))).toHaveLength(17);
    expect(keptIds(run(etaCutoff(0.4), flat))).toHaveLength(16);
  });

  test.each([
    [[1, 1, 0], {}, [0, 1]],
    [logs(0.4, 0.3, 0.2, 0.1), { minTokensToKeep: 2 }, [0, 1]],
    [[gone, 3, gone], {}, [1]],
  ])('%j, epsilon = 0.999, %j keeps %j', (row, options, kept) => {
    expect(keptIds(run(etaCutoff(0.999, options), row))).toEqual(kept);
  });

  test('equals the plain rule away from the limit', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 1e-4, max: 0.9, noNaN: true }), (row, epsilon) => {
        const q = softmax(row);
        const best = Math.max(...row);
        const limit = Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropy(row)));
        const kept = new Set(keptIds(run(etaCutoff(epsilon), row)));
        for (const id of keptIds(row)) {
          if (Math.abs(q[id]! - limit) < 1e-6 * limit) continue;
          expect(kept.has(id)).toBe(q[id]! > limit || row[id] === best);
        }
      }),
    );
  });

  test('is data; 0 is neutral; rows without a distribution stay', () => {
    expect(etaCutoff(3e-4)).toMatchObject({
      type: 'etaCutoff',
      parameters: { epsilon: 3e-4, minTokensToKeep: 1 },
    });
    expect(runPlain(etaCutoff(0), [-0, gone, -1e38])).toEqual([-0, gone, Math.fround(-1e38)]);
    expect(runPlain(etaCutoff(0.5), [1, Number.NaN, 3])).toEqual([1, Number.NaN, 3]);
    expect(runPlain(etaCutoff(0.5), [gone, gone])).toEqual([gone, gone]);
  });

  test.each([-0.1, 1, Number.NaN])('refuses %s', (epsilon) => {
    expect(() => etaCutoff(epsilon)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
