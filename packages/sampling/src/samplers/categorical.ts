import type { Sampler } from '@nexttoken/model';
import { exponentials, maximum, reusable } from '@nexttoken/numeric';
import { invalidScores, noCandidates } from './errors';

const weightBuffer = /* @__PURE__ */ reusable((length) => new Float64Array(length));

/**
 * Draws from `softmax(scores)` by inverting the cumulative distribution: one uniform number u of
 * `context.random`, then the first id, in ascending id order, with `Σ_{j <= id} exp(x_j) > u · Σ exp(x_j)`,
 * summed in float64. A removed token is never chosen, for any u; nor is one whose weight is 0 beside the
 * maximum (more than 745 nats below).
 *
 * @returns a sampler whose results carry `draw: u`. It throws NextTokenError `no-candidates` for a row of
 *   nothing but -Infinity and `invalid-scores` for one with NaN or +Infinity, before anything is drawn.
 *   Cost: one exponential for each candidate.
 */
export function categorical(): Sampler {
  return {
    kind: 'sampler',
    type: 'categorical',
    parameters: {},
    sample(scores, { random, row }) {
      const weights = weightBuffer(scores.length);
      const total = exponentials(scores, maximum(scores), weights);
      if (Number.isNaN(total)) {
        const index = scores.findIndex((score) => !(score < Number.POSITIVE_INFINITY));
        throw invalidScores('categorical', row, index, scores[index]!);
      }
      if (total === 0) throw noCandidates('categorical', row);
      const draw = random.next();
      return { id: firstBeyond(draw * total, weights), draw };
    },
  };
}

/** The first id whose cumulated weight is beyond the target; the last one with a weight if none is. */
function firstBeyond(target: number, weights: Float64Array): number {
  let sum = 0;
  let last = -1;
  for (let id = 0; id < weights.length; id++) {
    if (weights[id] === 0) continue;
    sum += weights[id]!;
    last = id;
    if (sum > target) break;
  }
  return last;
}
