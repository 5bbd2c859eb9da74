import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { temperature } from './temperature';

describe('temperature', () => {
  test('divides in float32', () => {
    expect(runPlain(temperature(2), [1, -3, Number.NEGATIVE_INFINITY])).toEqual([0.5, -1.5, -Infinity]);
    expect(runPlain(temperature(0.7), [3])).toEqual([Math.fround(3 / Math.fround(0.7))]);
    expect(temperature(0.7)).toMatchObject({ type: 'temperature', parameters: { temperature: 0.7 } });
  });

  test('1 changes no bit', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        expect(run(temperature(1), row)).toEqual(row);
      }),
    );
  });

  test('keeps the order', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.1, max: 10, noNaN: true }), (row, t) => {
        const out = run(temperature(t), row);
        for (let i = 1; i < row.length; i++) {
          if (row[i]! > row[i - 1]!) expect(out[i]).toBeGreaterThanOrEqual(out[i - 1]!);
        }
      }),
    );
  });

  test.each([0, -1, Number.NaN, Infinity, 1e-60, 1e60, '1' as never])('refuses %s', (value) => {
    expect(() => temperature(value)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test('0 points to the greedy sampler', () => {
    expect(() => temperature(0)).toThrow(/greedy\(\) sampler/);
  });
});
