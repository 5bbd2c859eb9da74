const eighths = '▁▂▃▄▅▆▇█';

/**
 * Numbers as a line of eighth blocks, one cell each; where there are more numbers than cells, each cell is the mean of
 * its part. Numbers that are none are spaces.
 *
 * @param values any numbers; the lowest block is 0 (or the smallest, where that is below 0), the highest the largest
 * @param width cells, an integer >= 1; default: one a number
 */
export function sparkline(values: readonly (number | undefined)[], width: number = values.length): string {
  const cells = Math.min(width, values.length);
  const means = Array.from({ length: cells }, (_, cell) => {
    const part = values.slice(
      Math.floor((cell * values.length) / cells),
      Math.floor(((cell + 1) * values.length) / cells),
    );
    const known = part.filter((value): value is number => value !== undefined && Number.isFinite(value));
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const known = means.filter((mean) => mean !== undefined);
  const low = Math.min(0, ...known);
  const range = Math.max(...known, low) - low;
  return means
    .map((mean) => {
      if (mean === undefined) return ' ';
      const step = range === 0 ? 0 : Math.round(((mean - low) / range) * (eighths.length - 1));
      return eighths[step]!;
    })
    .join('');
}
