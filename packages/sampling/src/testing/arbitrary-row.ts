import fc from 'fast-check';

const score = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: -30, max: 30, noNaN: true }) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(Math.fround(1e38), Math.fround(-1e38), 1e-42, -1e-42, 0, -0, 512, -700),
  },
  { weight: 2, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
);

/** Rows of scores with ties, extremes, subnormals and removed tokens, without NaN and +Infinity. */
export const arbitraryRow = fc
  .array(score, { minLength: 1, maxLength: 200 })
  .map((values) => Float32Array.from(values));
