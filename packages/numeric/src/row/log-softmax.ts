import { checkLength } from './check-length';
import { exponentialSum } from './exponential-sum';
import { maximum } from './maximum';

/**
 * Log-probabilities of a row of logits, in nats: `x_i - log Σ exp(x_j)`, computed in float64 and rounded
 * once to float32. -Infinity stays -Infinity, also in a row of nothing else.
 *
 * A row with NaN or +Infinity has no distribution: every value is NaN.
 *
 * @param scores shape `[vocabSize]`, not changed unless it is also `out`
 * @param out where the values go, shape `[vocabSize]`; default: a new array. May be `scores`
 * @returns `out`
 * @throws NextTokenError `invalid-parameter` when `out` has another length
 */
export function logSoftmax(
  scores: Float32Array,
  out: Float32Array = new Float32Array(scores.length),
): Float32Array {
  checkLength('logSoftmax', out, scores.length);
  const shift = maximum(scores);
  const logTotal = Math.log(exponentialSum(scores, shift));
  if (logTotal === Number.NEGATIVE_INFINITY) return out.fill(logTotal);
  // The shift goes first: at 1e38 the sum of both would swallow the logarithm.
  for (let i = 0; i < out.length; i++) out[i] = scores[i]! - shift - logTotal;
  return out;
}
