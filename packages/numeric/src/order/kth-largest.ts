import { invalidParameter } from '@nexttoken/model';
import { kthLargestByHeap } from './kth-largest-by-heap';
import { kthLargestByRadix } from './kth-largest-by-radix';

/** Up to here a heap of the k largest is faster than three passes. */
const largestHeap = 256;

/**
 * The k-th largest value of a row (equal values count one each), by selection: no sort. NaN counts as
 * -Infinity.
 *
 * @param scores shape `[vocabSize]`, not changed
 * @param k from 1 to `vocabSize`
 * @throws NextTokenError `invalid-parameter` for another k
 *
 * Cost: one pass with a heap for a small k, otherwise three passes of a radix selection.
 */
export function kthLargest(scores: Float32Array, k: number): number {
  if (!Number.isInteger(k) || k < 1 || k > scores.length) {
    throw invalidParameter('kthLargest', 'k', k, `an integer from 1 to ${scores.length}`);
  }
  return k <= largestHeap ? kthLargestByHeap(scores, k) : kthLargestByRadix(scores, k);
}
