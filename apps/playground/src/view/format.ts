const counts = new Intl.NumberFormat('en-US');

/** `3,057`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** A probability as percent with one decimal; what would round to nothing says so: `< 0.1`. */
export function formatPercent(probability: number): string {
  const percent = probability * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1';
  return percent.toFixed(1);
}

/** One decimal, with a real minus sign. */
export function formatNumber(value: number, digits = 1): string {
  return value.toFixed(digits).replace('-', '−');
}
