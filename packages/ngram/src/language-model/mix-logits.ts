import { logSumExp } from '@nexttoken/numeric';

/**
 * Mixes rows of logits into the first shape: `probabilities`: ln Σ λ_i softmax(row_i); `logits`: Σ λ_i log-softmax(row_i). A row may
 * be shifted by any constant.
 * @param rows shape `[vocabSize]` each
 * @param out shape `[vocabSize]`
 */
export function mixLogits(
  rows: readonly Float32Array[],
  weights: readonly number[],
  at: 'probabilities' | 'logits',
  out: Float32Array,
): void {
  const norms = rows.map((row) => logSumExp(row));
  for (let id = 0; id < out.length; id++) {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) {
      const log = rows[i]![id]! - norms[i]!;
      sum += weights[i]! * (at === 'logits' ? log : Math.exp(log));
    }
    out[id] = at === 'logits' ? sum : Math.log(sum);
  }
}
