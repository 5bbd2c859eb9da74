import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryLiveRow } from '../testing/arbitrary-row';
import { softmax } from './softmax';

/** The definition, with nothing clever in it. */
function naiveSoftmax(row: Float32Array): number[] {
  const shift = Math.max(...row);
  const weights = Array.from(row, (value) => Math.exp(value - shift));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.fround(weight / total));
}

describe('softmax', () => {
  test.each([
    [
      [0, 0],
      [0.5, 0.5],
    ],
    [
      [Math.log(3), 0],
      [0.75, 0.25],
    ],
    [[7], [1]],
    [
      [5, -Infinity, 5],
      [0.5, 0, 0.5],
    ],
    [
      [3e38, 0, -3e38],
      [1, 0, 0],
    ],
    [
      [1e-42, -1e-42, 0, -0],
      [0.25, 0.25, 0.25, 0.25],
    ],
    [[], []],
  ])('%j -> %j', (row, expected) => {
    expect(Array.from(softmax(Float32Array.from(row)))).toEqual(expected.map((p) => expect.closeTo(p, 7)));
  });

  test('a row without mass has zeros, one with NaN or +Infinity has NaN', () => {
    expect(Array.from(softmax(Float32Array.of(-Infinity, -Infinity)))).toEqual([0, 0]);
    expect(Array.from(softmax(Float32Array.of(1, Number.NaN)))).toEqual([Number.NaN, Number.NaN]);
    expect(Array.from(softmax(Float32Array.of(1, Infinity)))).toEqual([Number.NaN, Number.NaN]);
  });

  test('writes into out, also in place; the input stays as it is otherwise', () => {
    const row = Float32Array.of(1, 2, 3);
    const out = new Float32Array(3);
    expect(softmax(row, out)).toBe(out);
    expect(Array.from(row)).toEqual([1, 2, 3]);
    expect(softmax(row, row)).toEqual(out);
    expect(() => softmax(row, new Float32Array(2))).toThrow(/softmax: out must be an array of 3 elements/);
  });

  test('equals the definition in float64, rounded once', () => {
    fc.assert(
      fc.property(arbitraryLiveRow, (row) => {
        const naive = naiveSoftmax(row);
        softmax(row).forEach((p, i) => {
          // One unit in the last place of float32, for the rare value right between two of them.
          expect(Math.abs(p - naive[i]!)).toBeLessThanOrEqual(naive[i]! * 2 ** -23);
        });
      }),
    );
  });

  test('sums to 1, is never negative, and 0 at every removed token', () => {
    fc.assert(
      fc.property(arbitraryLiveRow, (row) => {
        const probabilities = softmax(row);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        row.forEach((value, i) => {
          expect(probabilities[i]).toBeGreaterThanOrEqual(0);
          if (value === -Infinity) expect(probabilities[i]).toBe(0);
        });
      }),
    );
  });

  test('does not change when a constant is added', () => {
    const exact = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(exact, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const shifted = values.map((value) => value + shift);
        expect(softmax(Float32Array.from(shifted))).toEqual(softmax(Float32Array.from(values)));
      }),
    );
  });
});
