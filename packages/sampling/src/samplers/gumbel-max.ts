import type { Sampler } from '@nexttoken/model';
import { invalidScores, noCandidates } from './errors';
import { gumbelNoise } from './gumbel-noise';

/** The highest score, the lowest id among equals; refuses what no draw can be made from. */
function checkedArgmax(scores: Float32Array, row: number): number {
  let best = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score < Number.POSITIVE_INFINITY)) throw invalidScores('gumbelMax', row, i, score);
    if (score > largest) {
      largest = score;
      best = i;
    }
  }
  if (best < 0) throw noCandidates('gumbelMax', row);
  return best;
}

/**
 * Draws from `softmax(scores)` by the Gumbel-max trick: `argmax_i x_i + g_i`, with Gumbel noise
 * `g_i = -log(-log v_i)`, v_i being a hash of one uniform number u of `context.random` and the id.
 *
 * The luck can be held while the distribution changes: the same u gives every token the same noise. Two
 * chains under the same u mostly choose the same token; and where the token chosen from a row is not removed,
 * removing others changes nothing. (With `categorical` the same u means another token as soon as any
 * probability below it in id order moves.)
 *
 * @returns a sampler whose results carry `draw: u`. It throws NextTokenError `no-candidates` for a row of
 *   nothing but -Infinity and `invalid-scores` for one with NaN or +Infinity, before anything is drawn.
 *   Cost: one hash for each candidate, a logarithm for a few; no exponentials.
 * Source: Gumbel, "Statistical Theory of Extreme Values", 1954; Maddison, Tarlow, Minka, "A* Sampling", 2014.
 */
export function gumbelMax(): Sampler {
  return {
    kind: 'sampler',
    type: 'gumbelMax',
    parameters: {},
    sample(scores, { random, row }) {
      let id = checkedArgmax(scores, row);
      const draw = random.next();
      const noise = gumbelNoise(draw);
      let largest = scores[id]! + noise.noiseOf(id);
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        if (score + 38 <= largest || score + noise.boundOf(i) <= largest) continue;
        const sum = score + noise.noiseOf(i);
        if (sum > largest) {
          id = i;
          largest = sum;
        }
      }
      return { id, draw };
    },
  };
}
