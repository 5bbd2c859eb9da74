/**
 * Pearson's statistic of counts against probabilities; classes that are expected less than five times are taken
 * together. With k classes it is, for draws from the probabilities, distributed as χ² with k - 1 degrees of freedom.
 */
export function chiSquare(
  counts: readonly number[],
  probabilities: ArrayLike<number>,
): { readonly statistic: number; readonly degrees: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const classes = counts.map((count, index) => ({ count, expected: total * probabilities[index]! }));
  const rare = classes.filter(({ expected }) => expected < 5);
  const rest = rare.reduce(
    (sum, { count, expected }) => ({ count: sum.count + count, expected: sum.expected + expected }),
    { count: 0, expected: 0 },
  );
  const kept = classes.filter(({ expected }) => expected >= 5);
  if (rest.expected > 0) kept.push(rest);
  const statistic = kept.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  return { statistic, degrees: kept.length - 1 };
}

/** About the value that χ² exceeds once in 10,000 times (Wilson and Hilferty's approximation). */
export function chiSquareLimit(degrees: number): number {
  const z = 3.719;
  return degrees * (1 - 2 / (9 * degrees) + z * Math.sqrt(2 / (9 * degrees))) ** 3;
}
