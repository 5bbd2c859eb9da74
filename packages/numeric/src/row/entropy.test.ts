import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryLiveRow } from '../testing/arbitrary-row';
import { entropy } from './entropy';

describe('entropy', () => {
  test.each([
    [[3, 3, 3, 3], Math.log(4)],
    [[9], 0],
    [[1, -Infinity, 1], Math.log(2)],
    [[Math.log(3), 0], Math.log(4) - 0.75 * Math.log(3)],
    [[1000, 0], 0],
    [[-Infinity], 0],
    [[], 0],
  ])('%j -> %d nats', (row, expected) => {
    expect(entropy(Float32Array.from(row))).toBeCloseTo(expected, 7);
  });

  test('is NaN for a row that has no distribution', () => {
    expect(entropy(Float32Array.of(0, Number.NaN))).toBeNaN();
    expect(entropy(Float32Array.of(0, Infinity))).toBeNaN();
  });

  test('lies between 0 and log of the number of candidates', () => {
    fc.assert(
      fc.property(arbitraryLiveRow, (row) => {
        const candidates = row.filter((value) => value > -Infinity).length;
        expect(entropy(row)).toBeGreaterThanOrEqual(-1e-12);
        expect(entropy(row)).toBeLessThanOrEqual(Math.log(candidates) + 1e-9);
      }),
    );
  });

  test('equals -Σ q log q', () => {
    const rows = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(rows, (values) => {
        const weights = values.map((value) => Math.exp(value));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const expected = weights.reduce(
          (sum, weight) => sum - (weight / total) * Math.log(weight / total),
          0,
        );
        expect(entropy(Float32Array.from(values))).toBeCloseTo(expected, 10);
      }),
    );
  });
});
