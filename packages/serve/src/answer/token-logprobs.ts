import { logSumExp, topIndices } from '@nexttoken/numeric';
import type { LogprobsRequest } from '../request/generation-request';

/** A token that could have come. */
export interface Candidate {
  readonly id: number;
  readonly logprob: number;
}

/** A token's log-probability, and those of others at its place. */
export interface TokenLogprobs extends Candidate {
  readonly top: readonly Candidate[];
}

/** JSON has no -Infinity: what OpenAI's reference says of very unlikely tokens. */
const removed = -9999;

const finite = (value: number): number => (value === Number.NEGATIVE_INFINITY ? removed : value);

/**
 * Log-probabilities at one place: `x_i - log Σ exp(x)`, or the scores `x_i` themselves.
 * @param scores the row that the mode asks for, shape `[vocabSize]`
 */
export function tokenLogprobs(scores: Float32Array, id: number, request: LogprobsRequest): TokenLogprobs {
  const { count, mode, ids } = request;
  const total = mode.endsWith('_logits') ? 0 : logSumExp(scores);
  const candidate = (index: number): Candidate => ({ id: index, logprob: finite(scores[index]! - total) });
  const best = ids ?? Array.from(count > 0 ? topIndices(scores, count) : []);
  return {
    ...candidate(id),
    top: best.filter((index) => ids || scores[index]! > Number.NEGATIVE_INFINITY).map(candidate),
  };
}
