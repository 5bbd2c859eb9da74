import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryLiveRow } from '../testing/arbitrary-row';
import { logSoftmax } from './log-softmax';
import { logSumExp } from './log-sum-exp';
import { softmax } from './softmax';

describe('logSumExp', () => {
  test.each([
    [[0, 0], Math.log(2)],
    [[5], 5],
    [[-Infinity, 3], 3],
    [[-Infinity, -Infinity], -Infinity],
    [[], -Infinity],
    [[1, Number.NaN], Number.NaN],
    [[1, Infinity], Number.NaN],
  ])('%j -> %d', (row, expected) => {
    const sum = logSumExp(Float32Array.from(row));
    if (Number.isFinite(expected)) expect(sum).toBeCloseTo(expected, 14);
    else expect(sum).toBe(expected);
  });

  test('does not overflow', () => {
    const large = Math.fround(1e38);
    expect(logSumExp(Float32Array.of(large, large))).toBe(large);
    expect(logSumExp(Float32Array.of(-large, -large))).toBe(-large);
  });

  test('lies between the maximum and the maximum plus log n; a shift moves it by as much', () => {
    const rows = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(rows, fc.integer({ min: -500, max: 500 }), (values, shift) => {
        const sum = logSumExp(Float32Array.from(values));
        const largest = Math.max(...values);
        expect(sum).toBeGreaterThanOrEqual(largest);
        expect(sum).toBeLessThanOrEqual(largest + Math.log(values.length) + 1e-12);
        expect(logSumExp(Float32Array.from(values, (value) => value + shift))).toBeCloseTo(sum + shift, 10);
      }),
    );
  });
});

describe('logSoftmax', () => {
  test('keeps -Infinity, also alone; NaN and +Infinity spread', () => {
    expect(Array.from(logSoftmax(Float32Array.of(4, -Infinity)))).toEqual([0, -Infinity]);
    expect(Array.from(logSoftmax(Float32Array.of(-Infinity, -Infinity)))).toEqual([-Infinity, -Infinity]);
    expect(logSoftmax(Float32Array.of(1, Number.NaN))[0]).toBeNaN();
    expect(logSoftmax(Float32Array.of(1, Infinity))[0]).toBeNaN();
  });

  test('works in place and refuses another length', () => {
    const row = Float32Array.of(1, 2, 3);
    const expected = logSoftmax(row);
    expect(logSoftmax(row, row)).toBe(row);
    expect(row).toEqual(expected);
    expect(() => logSoftmax(row, new Float32Array(4))).toThrow(/logSoftmax: out/);
  });

  test('is the logarithm of softmax, and never positive', () => {
    fc.assert(
      fc.property(arbitraryLiveRow, (row) => {
        const probabilities = softmax(row);
        logSoftmax(row).forEach((logProbability, i) => {
          expect(logProbability).toBeLessThanOrEqual(0);
          expect(Math.abs(Math.exp(logProbability) - probabilities[i]!)).toBeLessThan(2e-6);
        });
      }),
    );
  });
});
