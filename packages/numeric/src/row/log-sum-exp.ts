import { rowSummary } from './row-summary';

/**
 * `log Σ exp(x_i)` of a row, in nats and in float64, without overflow: the maximum is taken out first.
 *
 * @param scores shape `[vocabSize]`
 * @returns -Infinity for an empty row or one of nothing but -Infinity; NaN when a score is NaN or +Infinity
 */
export function logSumExp(scores: Float32Array): number {
  const { largest, exponentialSum } = rowSummary(scores);
  return largest + Math.log(exponentialSum);
}
