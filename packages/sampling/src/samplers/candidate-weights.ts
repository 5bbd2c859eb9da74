import { expOfNonpositive, maximum, reusable } from '@nexttoken/numeric';
import { invalidScores, noCandidates } from './errors';

const weightBuffer = /* @__PURE__ */ reusable((length) => new Float64Array(length));

/** What every candidate weighs beside the likeliest (1), shape `[vocabSize]`; valid until the next call. */
export interface CandidateWeights {
  readonly weights: Float64Array;
  readonly total: number;
}

/**
 * The weights that a sampler draws by: `exp(x_i - max x)`, 0 for a removed token.
 * @throws NextTokenError `no-candidates` for a row of nothing but -Infinity, `invalid-scores` for one with
 *   NaN or +Infinity
 */
export function candidateWeights(sampler: string, scores: Float32Array, row: number): CandidateWeights {
  const largest = maximum(scores);
  const weights = weightBuffer(scores.length);
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score < Number.POSITIVE_INFINITY)) throw invalidScores(sampler, row, i, score);
    const weight = score === Number.NEGATIVE_INFINITY ? 0 : expOfNonpositive(score - largest);
    weights[i] = weight;
    total += weight;
  }
  if (total === 0) throw noCandidates(sampler, row);
  return { weights, total };
}
