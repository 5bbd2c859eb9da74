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

/** `5.4 MB`, `1.2 GB`: decimal units, as disks and networks are sold. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e5) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e3).toFixed(1)} kB`;
}

/** `40 s`, `3 min`, `2 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
