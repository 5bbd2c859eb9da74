import { exponentialSum } from './exponential-sum';
import { maximum } from './maximum';

/**
 * `log Σ exp(x_i)` of a row, in nats and in float64, without overflow: the maximum is taken out first.
 *
 * @param scores shape `[vocabSize]`
 * @returns -Infinity for an empty row or one of nothing but -Infinity; NaN when a score is NaN or +Infinity
 */
export function logSumExp(scores: Float32Array): number {
  const shift = maximum(scores);
  return shift + Math.log(exponentialSum(scores, shift));
}
