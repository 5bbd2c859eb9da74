import type { Sampler } from '@nexttoken/model';
import { candidateWeights } from './candidate-weights';
import { firstBeyond } from './first-beyond';

/** How the sampler `categorical` chooses: tells it from somebody else's of the same type. */
export const sampleCategorical: Sampler['sample'] = (scores, context) => {
  const { weights, total } = candidateWeights('categorical', scores, context.row);
  const draw = context.random.next();
  return { id: firstBeyond(draw * total, weights), draw };
};

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
    sample: sampleCategorical,
  };
}
