/**
 * How many entries are finite: the tokens that are still candidates.
 *
 * @param scores shape `[vocabSize]`; -Infinity, +Infinity and NaN are not counted
 */
export function countFinite(scores: Float32Array): number {
  let count = 0;
  for (let i = 0; i < scores.length; i++) {
    // x - x is 0 for a finite x and NaN for every other.
    if (scores[i]! - scores[i]! === 0) count++;
  }
  return count;
}
