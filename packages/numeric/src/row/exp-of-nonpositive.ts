/** ln 2 in two parts; the product of the first with any exponent here is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const smallest = -745.2;

/** `powers[n]` = 2^-n, down to the smallest float64. */
const powers = /* @__PURE__ */ (() => {
  const table = new Float64Array(1077);
  let power = 1;
  for (let n = 0; n < table.length; n++) {
    table[n] = power;
    power /= 2;
  }
  return table;
})();

/**
 * `exp(x)` for x <= 0, with an error of at most 2 units in the last place. Uses nothing but operations
 * that IEEE 754 defines to the last bit, where `Math.exp` may differ between engines: so probabilities,
 * and with them sampled tokens, are the same everywhere. It is also faster.
 *
 * x = r - n·ln 2 with |r| <= ln(2) / 2, then the Taylor series of exp(r), then the factor 2^-n.
 */
export function expOfNonpositive(x: number): number {
  if (!(x > smallest)) return Number.isNaN(x) ? x : 0;
  const n = Math.floor(0.5 - x * Math.LOG2E);
  const r = x + n * ln2High + n * ln2Low;
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * powers[n]!;
}
