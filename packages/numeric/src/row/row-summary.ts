import { rowKernel } from '../kernel/row-kernel';
import { exponentialSum } from './exponential-sum';
import { maximum } from './maximum';

/** What one look at a row of scores tells. */
export interface RowSummary {
  /** The largest score, NaN passed over; -Infinity where there is nothing else. */
  readonly largest: number;
  /** `Σ exp(score - largest)`, in float64 and in id order; NaN when a score is NaN or +Infinity. */
  readonly exponentialSum: number;
}

/** From this length on copying a row to the kernel is worth it. */
const shortest = 256;

/**
 * `maximum` and `exponentialSum` of a row at once, two to three times as fast for whole vocabularies: in WebAssembly where there
 * is any, to the same bits as without. Its memory is kept: one row, the longest that came.
 *
 * @param scores shape `[vocabSize]`
 */
export function rowSummary(scores: Float32Array): RowSummary {
  const kernel = scores.length < shortest ? null : rowKernel();
  if (!kernel) {
    const largest = maximum(scores);
    return { largest, exponentialSum: exponentialSum(scores, largest) };
  }
  kernel.read(scores);
  const largest = kernel.largest();
  // Without a finite maximum there is nothing to sum up, but NaN to be found.
  const isSum = Number.isFinite(largest);
  return {
    largest,
    exponentialSum: isSum ? kernel.exponentialSum(largest) : exponentialSum(scores, largest),
  };
}
