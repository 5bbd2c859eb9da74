import { reusable } from '../scratch/reusable';
import { checkLength } from './check-length';
import { exponentials } from './exponentials';
import { maximum } from './maximum';

const weightsBuffer = /* @__PURE__ */ reusable((length) => new Float64Array(length));

/**
 * Probabilities of a row of logits: `exp(x_i) / Σ exp(x_j)`, computed in float64 and rounded once to
 * float32. A removed token (-Infinity) gets exactly 0.
 *
 * A row of nothing but -Infinity has no mass: every probability is 0 (they do not sum to 1). A row with
 * NaN or +Infinity has no distribution: every probability is NaN.
 *
 * @param scores shape `[vocabSize]`, not changed unless it is also `out`
 * @param out where the probabilities go, shape `[vocabSize]`; default: a new array. May be `scores`
 * @returns `out`
 * @throws NextTokenError `invalid-parameter` when `out` has another length
 */
export function softmax(
  scores: Float32Array,
  out: Float32Array = new Float32Array(scores.length),
): Float32Array {
  checkLength('softmax', out, scores.length);
  const weights = weightsBuffer(scores.length);
  const total = exponentials(scores, maximum(scores), weights);
  if (total === 0) return out.fill(0);
  for (let i = 0; i < out.length; i++) out[i] = weights[i]! / total;
  return out;
}
