import { checkLength } from './check-length';
import { expOfNonpositive } from './exp-of-nonpositive';

/**
 * The weights that softmax divides by their sum: `out[i] = exp(scores[i] - shift)`, in float64.
 * A score of -Infinity gets exactly 0.
 *
 * @param scores shape `[vocabSize]`
 * @param shift the row's maximum, so that the largest weight is 1 and nothing overflows
 * @param out where the weights go, shape `[vocabSize]`
 * @returns their sum, accumulated in float64 in id order; NaN when a score is NaN or +Infinity
 * @throws NextTokenError `invalid-parameter` when `out` has another length
 */
export function exponentials(scores: Float32Array, shift: number, out: Float64Array): number {
  checkLength('exponentials', out, scores.length);
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const weight = score === Number.NEGATIVE_INFINITY ? 0 : expOfNonpositive(score - shift);
    out[i] = weight;
    total += weight;
  }
  return total;
}
