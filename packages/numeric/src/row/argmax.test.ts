import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { argmax } from './argmax';
import { countFinite } from './count-finite';
import { maximum } from './maximum';

describe('argmax', () => {
  test.each([
    [[1, 3, 2], 1],
    [[2, 5, 5], 1],
    [[-0, 0], 0],
    [[-Infinity, -Infinity], 0],
    [[Number.NaN, 1], 1],
    [[Number.NaN, -Infinity], 1],
    [[1, Infinity], 1],
    [[Number.NaN], -1],
    [[], -1],
  ])('%j -> %d', (row, expected) => {
    expect(argmax(Float32Array.from(row))).toBe(expected);
  });

  test('is the first place of the maximum', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        expect(maximum(row) + 0).toBe(Math.max(...row) + 0);
        expect(argmax(row)).toBe(row.indexOf(maximum(row)));
      }),
    );
  });
});

describe('countFinite', () => {
  test('counts neither infinities nor NaN', () => {
    expect(countFinite(Float32Array.of(1, -Infinity, Infinity, Number.NaN, -0, 3e38, 1e-45))).toBe(4);
    expect(countFinite(new Float32Array(0))).toBe(0);
  });

  test('agrees with Number.isFinite', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        expect(countFinite(row)).toBe(Array.from(row).filter(Number.isFinite).length);
      }),
    );
  });
});
