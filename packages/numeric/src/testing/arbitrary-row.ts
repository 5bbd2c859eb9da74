import fc from 'fast-check';

const score = fc.oneof(
  { weight: 6, arbitrary: fc.float({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(Math.fround(1e38), Math.fround(-1e38), 1e-42, -1e-42, 0, -0),
  },
  { weight: 2, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
);

/** Rows with ties, extremes, subnormals, both zeros and removed tokens, but without NaN and +Infinity. */
export const arbitraryRow = fc
  .array(score, { minLength: 1, maxLength: 300 })
  .map((values) => Float32Array.from(values));

/** As {@link arbitraryRow}, with at least one candidate. */
export const arbitraryLiveRow = arbitraryRow.filter((row) => row.some((value) => Number.isFinite(value)));
