import { expOfNonpositive } from './exp-of-nonpositive';

/** `Σ exp(scores[i] - shift)` in float64, in id order; NaN when a score is NaN or +Infinity. */
export function exponentialSum(scores: Float32Array, shift: number): number {
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score !== Number.NEGATIVE_INFINITY) total += expOfNonpositive(score - shift);
  }
  return total;
}
