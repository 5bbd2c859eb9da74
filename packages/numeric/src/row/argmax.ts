/**
 * Index of the first largest value. NaN entries are passed over.
 *
 * @param scores shape `[vocabSize]`
 * @returns 0 for a row of nothing but -Infinity; -1 for an empty row or one of nothing but NaN
 */
export function argmax(scores: Float32Array): number {
  let best = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > largest || (best < 0 && score === largest)) {
      best = i;
      largest = score;
    }
  }
  return best;
}
