import { expOfNonpositive, maximum } from '@nexttoken/numeric';

/** What a row's probabilities are made from: `q_i = exp(x_i - shift) / total`. */
export interface Distribution {
  /** The highest score. */
  readonly shift: number;
  /** `Σ exp(x_i - shift)` in float64, in id order. */
  readonly total: number;
  /** `-Σ q_i log q_i`, in nats. */
  readonly entropy: number;
}

/** @returns undefined for a row without a distribution: all removed, NaN or +Infinity. Cost: one exponential a candidate */
export function distributionOf(scores: Float32Array): Distribution | undefined {
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
  return total > 0 ? { shift, total, entropy: Math.log(total) - weighted / total } : undefined;
}
