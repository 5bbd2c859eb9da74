import { invalidParameter } from '@nexttoken/model';
import { kthLargest } from './kth-largest';
import { sortIndices } from './sort-indices';

/**
 * The k highest candidates of a row, highest first; among equal scores the lower index comes first.
 * Selection, then a sort of the k found: linear in the row's length.
 *
 * -Infinity and NaN are no candidates, so the result is shorter than k when fewer are left.
 *
 * @param scores shape `[vocabSize]`, not changed
 * @param k an integer >= 0; more than `vocabSize` means all
 * @returns a new array of at most k indices
 * @throws NextTokenError `invalid-parameter` for a negative or fractional k
 */
export function topIndices(scores: Float32Array, k: number): Int32Array {
  if (!Number.isInteger(k) || k < 0) throw invalidParameter('topIndices', 'k', k, 'an integer >= 0');
  const count = Math.min(k, scores.length);
  if (count === 0) return new Int32Array(0);

  const limit = kthLargest(scores, count);
  const above = new Int32Array(count);
  const equal = new Int32Array(count);
  let aboveCount = 0;
  let equalCount = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > limit) above[aboveCount++] = i;
    else if (score === limit && equalCount < count) equal[equalCount++] = i;
  }
  if (limit === Number.NEGATIVE_INFINITY) equalCount = 0;
  const taken = Math.min(equalCount, count - aboveCount);
  above.set(equal.subarray(0, taken), aboveCount);
  return sortIndices(above.slice(0, aboveCount + taken), scores, 'descending');
}
