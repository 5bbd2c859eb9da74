import type { Sampler } from '@nexttoken/model';
import { invalidScores, noCandidates } from './errors';

/** How the sampler `greedy` chooses: tells it from somebody else's of the same type. */
export const sampleGreedy: Sampler['sample'] = (scores, { row }) => {
  let id = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score > largest) {
      id = i;
      largest = score;
    } else if (Number.isNaN(score)) {
      throw invalidScores('greedy', row, i, score);
    }
  }
  if (id < 0) throw noCandidates('greedy', row);
  return { id };
};

/**
 * Chooses the highest score; among equal ones the lowest id. Draws nothing.
 *
 * @returns a sampler that throws NextTokenError `no-candidates` for a row of nothing but -Infinity and
 *   `invalid-scores` for one with NaN. Cost: one pass.
 */
export function greedy(): Sampler {
  return {
    kind: 'sampler',
    type: 'greedy',
    parameters: {},
    sample: sampleGreedy,
  };
}
