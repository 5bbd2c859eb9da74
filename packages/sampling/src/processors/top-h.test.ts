import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { topH } from './top-h';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));
const keptIds = (row: ArrayLike<number>) => Array.from(row).flatMap((x, id) => (x > gone ? [id] : []));

describe('topH', () => {
  // Terms of 0.5, 0.25, 0.25: 0.347 each; H = 1.04.
  test.each([
    [logs(0.5, 0.25, 0.25), 0.1, [0]],
    [logs(0.25, 0.5, 0.25), 0.4, [1]],
    [logs(0.25, 0.5, 0.25), 0.7, [0, 1]],
    [logs(0.5, 0.25, 0.25), 1, [0, 1, 2]],
    [[gone, 2, gone], 0.5, [1]],
    [[3, 3, 3, 3], 0.5, [0, 1]],
  ])('%j, h = %d keeps %j', (row, h, kept) => {
    expect(keptIds(run(topH(h), row))).toEqual(kept);
  });

  test('nothing beyond the 100 highest stays, even with h = 1', () => {
    const row = Array.from({ length: 300 }, (_, id) => ((id * 7) % 300) / 100);
    const expected = keptIds(row).filter((id) => row[id]! >= 2);
    expect(keptIds(run(topH(1), row))).toEqual(expected);
    expect(expected).toHaveLength(100);
  });

  test('the best token stays, a larger h keeps no less, kept scores keep their bits', () => {
    const h = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryRow, h, h, (row, a, b) => {
        const fewer = run(topH(Math.min(a, b)), row);
        const more = run(topH(Math.max(a, b)), row);
        expect(Math.max(...fewer) + 0).toBe(Math.max(...row) + 0);
        const ids = new Set(keptIds(more));
        for (const id of keptIds(fewer)) expect(ids.has(id)).toBe(true);
        more.forEach((score, id) => {
          expect(Object.is(score, row[id]) || score === gone).toBe(true);
        });
      }),
    );
  });

  test('is data; rows without a distribution stay', () => {
    expect(topH(0.4)).toMatchObject({ kind: 'processor', type: 'topH', parameters: { h: 0.4 } });
    expect(runPlain(topH(0.4), [1, Number.NaN])).toEqual([1, Number.NaN]);
    expect(runPlain(topH(0.4), [1, Infinity])).toEqual([1, Infinity]);
    expect(runPlain(topH(0.4), [gone, gone])).toEqual([gone, gone]);
    expect(runPlain(topH(0.4), [])).toEqual([]);
  });

  test.each([0, -1, 1.1, Number.NaN, '0.5' as never])('refuses %s', (h) => {
    expect(() => topH(h)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });
});
