import { expOfNonpositive, kthLargest } from '@nexttoken/numeric';
import type { Distribution } from './distribution-of';

/** Rounding to float32 moves a logarithm by less than this, unless the probability is subnormal. */
const uncertainty = 1e-6;
const smallestLimit = 1e-30;

/**
 * Removes what is less probable than `limit` (`q_i < limit`, both in float32), but none of the
 * `minTokensToKeep` highest scores, nor what ties with the last of them. A probability is computed only for
 * tokens so near the limit that rounding could decide.
 */
export function removeBelowProbability(
  scores: Float32Array,
  { shift, total }: Distribution,
  limit: number,
  minTokensToKeep: number,
): void {
  const kept = Math.min(minTokensToKeep, scores.length);
  const safe = kept === 1 ? shift : kthLargest(scores, kept);
  const border = Math.log(limit * total);
  const band = limit > smallestLimit ? uncertainty : Number.POSITIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const beyond = score - shift - border;
    if (!(beyond < band) || score >= safe) continue;
    if (beyond < -band || Math.fround(expOfNonpositive(score - shift) / total) < limit) {
      scores[i] = Number.NEGATIVE_INFINITY;
    }
  }
}
