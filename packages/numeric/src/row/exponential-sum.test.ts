import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponentialSum } from './exponential-sum';
import { logSoftmax } from './log-softmax';
import { logSumExp } from './log-sum-exp';

const sumOf = (row: Float32Array, shift: number) =>
  row.reduce((sum, score) => sum + (score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - shift)), 0);

describe('exponentialSum', () => {
  test('is the sum of exponentials to 1e-14 of it, whatever the length', () => {
    const scores = fc.array(fc.float({ min: -60, max: 0, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(scores, (values) => {
        const row = Float32Array.from([0, ...values]);
        const expected = sumOf(row, 0);
        expect(Math.abs(exponentialSum(row, 0) - expected)).toBeLessThan(expected * 1e-14);
      }),
    );
  });

  test('holds at every distance from the maximum that counts', () => {
    for (let distance = 0; distance < 50; distance += 0.0173) {
      const [score, shift] = [Math.fround(-distance), 0];
      const expected = 3 * Math.exp(score);
      const actual = exponentialSum(Float32Array.of(score, score, score), shift);
      expect(Math.abs(actual - expected)).toBeLessThan(Math.max(expected * 1e-14, 1e-21));
    }
  });

  test('removed tokens and what is far below the maximum add nothing', () => {
    expect(exponentialSum(Float32Array.of(7, -Infinity, -43, 7, -Infinity, -3e38), 7)).toBe(2);
  });

  test('a row without candidates has the sum 0; NaN and +Infinity show at every place', () => {
    expect(exponentialSum(new Float32Array(0), -Infinity)).toBe(0);
    expect(exponentialSum(new Float32Array(6).fill(-Infinity), -Infinity)).toBe(0);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY])
      for (let place = 0; place < 7; place++) {
        const row = new Float32Array(7);
        row[place] = wrong;
        expect(exponentialSum(row, Math.max(...row.filter((score) => !Number.isNaN(score))))).toBeNaN();
      }
    expect(exponentialSum(Float32Array.of(-Infinity, Number.NaN), -Infinity)).toBeNaN();
  });
});

const score = fc.float({ min: -40, max: 0, noNaN: true });
const removed = fc.constant(Number.NEGATIVE_INFINITY);

test('removed tokens change no bit, wherever they stand: not of the sum, nor of what is made of it', () => {
  const rows = fc.array(fc.oneof(score, score, removed), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, (values) => {
      const row = Float32Array.from([0, ...values]);
      const left = row.filter((value) => value !== Number.NEGATIVE_INFINITY);
      expect(exponentialSum(row, 0)).toBe(exponentialSum(left, 0));
      expect(logSumExp(row)).toBe(logSumExp(left));
      const logs = logSoftmax(row).filter((_, id) => row[id] !== Number.NEGATIVE_INFINITY);
      expect(logs).toEqual(logSoftmax(left));
    }),
    // A row whose sum is 1 and little more: the order of four sums shows in float32.
    { examples: [[[-24.094799041748047, Number.NEGATIVE_INFINITY, -24.094652, -24.0948, -24.0948]]] },
  );
});
