import { softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { epsilonCutoff } from './epsilon-cutoff';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));
const keptIds = (row: ArrayLike<number>) => Array.from(row).flatMap((x, id) => (x > gone ? [id] : []));

describe('epsilonCutoff', () => {
  test.each([
    [logs(0.6, 0.3, 0.1), 0.2, {}, [0, 1]],
    [logs(0.6, 0.3, 0.1), 0.05, {}, [0, 1, 2]],
    [logs(0.4, 0.3, 0.3), 0.9, {}, [0]],
    [[1, 1, 0], 0.9, {}, [0, 1]],
    [logs(0.4, 0.3, 0.2, 0.1), 0.9, { minTokensToKeep: 2 }, [0, 1]],
    [logs(0.4, 0.2, 0.2, 0.2), 0.9, { minTokensToKeep: 2 }, [0, 1, 2, 3]],
    [[2, 1], 0.9, { minTokensToKeep: 9 }, [0, 1]],
    [[gone, 3, gone], 0.9, {}, [1]],
  ])('%j, epsilon = %d, %j keeps %j', (row, epsilon, options, kept) => {
    expect(keptIds(run(epsilonCutoff(epsilon, options), row))).toEqual(kept);
  });

  test('equals the plain rule', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 1e-4, max: 0.999, noNaN: true }), (row, epsilon) => {
        const q = softmax(row);
        const best = Math.max(...row);
        const expected = keptIds(row).filter((id) => !(q[id]! < Math.fround(epsilon)) || row[id] === best);
        expect(keptIds(run(epsilonCutoff(epsilon), row))).toEqual(expected);
      }),
    );
  });

  test('is data; 0 is neutral', () => {
    expect(epsilonCutoff(3e-4)).toMatchObject({
      kind: 'processor',
      type: 'epsilonCutoff',
      parameters: { epsilon: 3e-4, minTokensToKeep: 1 },
    });
    expect(runPlain(epsilonCutoff(0), [-0, gone, -1e38])).toEqual([-0, gone, Math.fround(-1e38)]);
  });

  test('leaves a row with NaN or +Infinity to the sampler', () => {
    expect(runPlain(epsilonCutoff(0.5), [1, Number.NaN, 3])).toEqual([1, Number.NaN, 3]);
    expect(runPlain(epsilonCutoff(0.5), [1, Infinity, 3])).toEqual([1, Infinity, 3]);
  });

  test.each([-0.1, 1, Number.NaN, '0.1' as never])('refuses %s', (epsilon) => {
    expect(() => epsilonCutoff(epsilon)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    expect(() => epsilonCutoff(0.1, { minTokensToKeep: 0 })).toThrow(/minTokensToKeep/);
  });
});
