const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A bar of eighth blocks: `fraction * width` cells long, to the nearest eighth. Anything above zero is seen.
 * @param fraction in [0, 1]; what lies outside is clamped
 */
export function bar(fraction: number, width: number): string {
  const length = Math.min(Math.max(fraction, 0), 1) * width * 8;
  const count = length > 0 ? Math.max(1, Math.round(length)) : 0;
  return '█'.repeat(Math.floor(count / 8)) + eighths[count % 8];
}
