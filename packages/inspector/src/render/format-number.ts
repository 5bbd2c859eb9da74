/** A logit or score with two decimals; removed: `-∞`. */
export function formatLogit(value: number): string {
  return value === Number.NEGATIVE_INFINITY ? '-∞' : value.toFixed(2);
}

/** A probability as percent with one decimal: `77.3 %`; what would round to none or all says so. */
export function formatProbability(value: number): string {
  if (value > 0 && value < 0.001) return '< 0.1 %';
  if (value >= 0.9995 && value < 1) return '> 99.9 %';
  return `${(value * 100).toFixed(1)} %`;
}

/** A count with thousands separated: `49,142`. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** Bits with two decimals. */
export function formatBits(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '∞';
}
