import { expOfNonpositive, maximum } from '@nexttoken/numeric';

/** Numbers of a row's distribution, in nats. */
export interface RowDistribution {
  /** log Σ exp(x); -Infinity for a row without candidates. */
  readonly logTotal: number;
  readonly entropy: number;
}

/** Entropy and log-sum-exp in one pass, in float64; both NaN for a row with NaN or +Infinity. */
export function distributionOf(scores: Float32Array): RowDistribution {
  const largest = maximum(scores);
  let total = 0;
  let weighted = 0;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id]!;
    if (score === Number.NEGATIVE_INFINITY) continue;
    const distance = score - largest;
    const weight = expOfNonpositive(distance);
    total += weight;
    if (weight !== 0) weighted += weight * distance;
  }
  if (total === 0) return { logTotal: Number.NEGATIVE_INFINITY, entropy: 0 };
  return { logTotal: largest + Math.log(total), entropy: Math.log(total) - weighted / total };
}
