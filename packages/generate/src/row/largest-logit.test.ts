import { maximum } from '@nexttoken/numeric';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestLogit } from './largest-logit';

test('is the maximum, whatever the length and wherever it stands', () => {
  const value = fc.oneof(
    fc.float(),
    fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  );
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 13 }), fc.array(value, { maxLength: 9 }), (row, more) => {
      const raw = Float32Array.of(...row, ...more);
      expect(largestLogit(raw) === maximum(raw)).toBe(true);
    }),
  );
  expect(largestLogit(new Float32Array(0))).toBe(Number.NEGATIVE_INFINITY);
  expect(largestLogit(Float32Array.of(Number.NaN, -2, Number.NaN, Number.NEGATIVE_INFINITY, -3))).toBe(-2);
});
