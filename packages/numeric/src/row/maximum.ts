/**
 * The largest value of a row. NaN entries are passed over.
 *
 * @param scores shape `[vocabSize]`
 * @returns -Infinity for an empty row and for one that holds nothing else
 */
export function maximum(scores: Float32Array): number {
  const whole = scores.length - (scores.length % 4);
  // Four comparisons that do not wait for each other.
  let a = Number.NEGATIVE_INFINITY;
  let b = a;
  let c = a;
  let d = a;
  for (let i = 0; i < whole; i += 4) {
    const w = scores[i]!;
    const x = scores[i + 1]!;
    const y = scores[i + 2]!;
    const z = scores[i + 3]!;
    if (w > a) a = w;
    if (x > b) b = x;
    if (y > c) c = y;
    if (z > d) d = z;
  }
  for (let i = whole; i < scores.length; i++) if (scores[i]! > a) a = scores[i]!;
  return Math.max(a, b, c, d);
}
