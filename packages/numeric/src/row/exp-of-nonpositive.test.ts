import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expOfNonpositive } from './exp-of-nonpositive';

describe('expOfNonpositive', () => {
  test.each([
    [0, 1],
    [-0, 1],
    [-746, 0],
    [-Infinity, 0],
    [-1e308, 0],
    [Number.NaN, Number.NaN],
  ])('%d -> %d', (x, expected) => {
    expect(expOfNonpositive(x)).toBe(expected);
  });

  test('equals Math.exp to 2 units in the last place', () => {
    const x = fc.oneof(
      fc.double({ min: -708, max: 0, noNaN: true }),
      fc.double({ min: -2, max: 0, noNaN: true }),
    );
    fc.assert(
      fc.property(x, (value) => {
        const exact = Math.exp(value);
        expect(Math.abs(expOfNonpositive(value) - exact)).toBeLessThanOrEqual(exact * 2 ** -51);
      }),
      { numRuns: 20_000 },
    );
  });

  test('goes through the subnormals down to 0', () => {
    for (let x = -708; x > -745; x -= 0.37) {
      expect(Math.abs(expOfNonpositive(x) - Math.exp(x))).toBeLessThanOrEqual(Math.exp(x) * 1e-15 + 5e-324);
    }
  });
});
