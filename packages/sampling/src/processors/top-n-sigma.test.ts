import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { keptIds } from '../testing/kept-ids';
import { run, runPlain } from '../testing/run-processor';
import { temperature } from './temperature';
import { topNSigma } from './top-n-sigma';

const gone = Number.NEGATIVE_INFINITY;

describe('topNSigma', () => {
  // llama.cpp tests/test-sampling.cpp, test_top_n_sigma: logarithms of 0.1, 0.2, 0.3, 0.4.
  const four = [0.1, 0.2, 0.3, 0.4].map(Math.log);

  test.each([
    [four, 1, [2, 3]],
    [four, 3, [0, 1, 2, 3]],
    [[0, 0, 0, 4], 1, [3]],
    [[0, 0, 0, 4], 2.4, [0, 1, 2, 3]],
    [[gone, 0, 0, 0, 4, gone], 1, [4]],
    [[2, 2, 2], 0.001, [0, 1, 2]],
    [[7], 0.5, [0]],
    [[gone, gone], 1, []],
    [[], 1, []],
  ])('%j, n = %d keeps %j', (row, n, kept) => {
    expect(keptIds(run(topNSigma(n), row))).toEqual(kept);
  });

  test('kept scores keep their bits, the highest stays, more sigmas keep more', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.01, max: 4, noNaN: true }), (row, n) => {
        const out = run(topNSigma(n), row);
        expect(out.every((score, id) => Object.is(score, row[id]) || score === gone)).toBe(true);
        expect(Math.max(...out) + 0).toBe(Math.max(...row) + 0);
        expect(keptIds(run(topNSigma(n * 1.5), row))).toEqual(expect.arrayContaining(keptIds(out)));
      }),
    );
  });

  test('what stays does not depend on the temperature', () => {
    const row = Float32Array.from({ length: 64 }, (_, id) => ((id * 37) % 64) / 8);
    const kept = keptIds(run(topNSigma(1), row));
    for (const t of [0.25, 0.5, 2, 8]) {
      expect(keptIds(run(topNSigma(1), run(temperature(t), row)))).toEqual(kept);
    }
    expect(kept.length).toBeLessThan(64);
  });

  test('infinitely many sigmas change no bit; rows with NaN or +Infinity are left to the sampler', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        expect(run(topNSigma(Number.POSITIVE_INFINITY), row)).toEqual(row);
      }),
    );
    expect(runPlain(topNSigma(1), [1, Number.NaN, 9])).toEqual([1, Number.NaN, 9]);
    expect(runPlain(topNSigma(1), [1, Infinity, 9])).toEqual([1, Infinity, 9]);
  });

  test('is data', () => {
    expect(topNSigma(1.5)).toMatchObject({ kind: 'processor', type: 'topNSigma', parameters: { n: 1.5 } });
  });

  test.each([0, -1, Number.NaN, '1' as never])('refuses %s', (n) => {
    expect(() => topNSigma(n)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
