import { expOfNonpositive } from './exp-of-nonpositive';
import { maximum } from './maximum';

/**
 * Shannon entropy of a row's distribution, in nats and in float64: `-Σ q_i log q_i` with `q = softmax(x)`,
 * between 0 (one token has all the mass) and `log(vocabSize)` (all are equal). Removed tokens add nothing.
 *
 * @param scores shape `[vocabSize]`: logits or log-probabilities
 * @returns 0 for a row without any mass (all -Infinity, or empty); NaN when a score is NaN or +Infinity
 */
export function entropy(scores: Float32Array): number {
  const shift = maximum(scores);
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score === Number.NEGATIVE_INFINITY) continue;
    const distance = score - shift;
    const weight = expOfNonpositive(distance);
    total += weight;
    weighted += weight * distance;
  }
  return total === 0 ? 0 : Math.log(total) - weighted / total;
}
