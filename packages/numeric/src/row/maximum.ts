/**
 * The largest value of a row. NaN entries are passed over.
 *
 * @param scores shape `[vocabSize]`
 * @returns -Infinity for an empty row and for one that holds nothing else
 */
export function maximum(scores: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > largest) largest = score;
  }
  return largest;
}
