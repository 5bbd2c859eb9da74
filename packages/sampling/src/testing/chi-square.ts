/** Standard normal quantile of 0.999. */
const quantile = 3.0902;

/**
 * Pearson's test of counts against probabilities. Outcomes expected less than 5 times are taken together.
 * @returns the statistic, and the value that it exceeds once in a thousand times when the probabilities are
 *   right (Wilson and Hilferty's approximation); `statistic` is infinite when an impossible outcome occurred
 */
export function chiSquare(counts: readonly number[], probabilities: ArrayLike<number>) {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let groups = 0;
  let [restCount, restExpected] = [0, 0];
  counts.forEach((count, i) => {
    const expected = draws * probabilities[i]!;
    if (expected === 0 && count > 0) statistic = Number.POSITIVE_INFINITY;
    if (expected < 5) {
      restCount += count;
      restExpected += expected;
    } else {
      statistic += (count - expected) ** 2 / expected;
      groups++;
    }
  });
  if (restExpected > 0) {
    statistic += (restCount - restExpected) ** 2 / restExpected;
    groups++;
  }
  const freedom = Math.max(groups - 1, 1);
  const spread = 2 / (9 * freedom);
  return { statistic, limit: freedom * (1 - spread + quantile * Math.sqrt(spread)) ** 3, draws };
}
