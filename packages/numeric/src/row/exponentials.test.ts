import { expect, test } from 'vitest';
import { reusable } from '../scratch/reusable';
import { exponentials } from './exponentials';

test('exponentials writes the weights and returns their sum', () => {
  const out = new Float64Array(3);
  expect(exponentials(Float32Array.of(2, 1, -Infinity), 2, out)).toBeCloseTo(1 + Math.exp(-1), 15);
  expect(Array.from(out)).toEqual([1, expect.closeTo(Math.exp(-1), 15), 0]);
});

test('exponentials gives 0 for a row without candidates and refuses another length', () => {
  expect(exponentials(Float32Array.of(-Infinity), -Infinity, new Float64Array(1))).toBe(0);
  expect(exponentials(Float32Array.of(Number.NaN), -Infinity, new Float64Array(1))).toBeNaN();
  expect(() => exponentials(new Float32Array(2), 0, new Float64Array(3))).toThrow(/exponentials: out/);
});

test('reusable makes a new buffer only when the length changes', () => {
  const buffer = reusable((length) => new Float32Array(length));
  const first = buffer(4);
  expect(buffer(4)).toBe(first);
  expect(buffer(5)).toHaveLength(5);
  expect(buffer(4)).not.toBe(first);
});
