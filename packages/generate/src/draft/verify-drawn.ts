import { NextTokenError, type Random, type SampleResult } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';

/** The first index whose cumulated weight is beyond `draw` times the total; weights of 0 are never chosen. */
function pick(weights: ArrayLike<number>, total: number, draw: number): number {
  let sum = 0;
  let last = -1;
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue;
    sum += weights[index]!;
    last = index;
    if (sum > draw * total) break;
  }
  return last;
}

/**
 * Keeps or replaces a token that a draft drew, so that the result is distributed as `p = softmax(scores)`:
 * it is kept with the probability `min(1, p(id) / q(id))`, otherwise a token is drawn from
 * `max(0, p - q) / Σ max(0, p - q)`, with `q = softmax(proposed)`.
 *
 * Cost: two softmaxes; one draw, two when the token is replaced.
 * Source: Leviathan et al., "Fast Inference from Transformers via Speculative Decoding", 2023, algorithm 1.
 *
 * @param scores shape `[vocabSize]`, not changed
 * @param proposed what `id` was drawn from, shape `[vocabSize]`, not changed
 * @returns the id and the number that decided it
 * @throws NextTokenError `no-candidates` when every score is -Infinity; `invalid-scores` on NaN
 */
export function verifyDrawn(
  scores: Float32Array,
  id: number,
  proposed: Float32Array,
  random: Random,
): SampleResult {
  const p = softmax(scores);
  if (Number.isNaN(p[0])) throw new NextTokenError('invalid-scores', 'the scores hold NaN or +Infinity');
  const q = softmax(proposed);
  const draw = random.next();
  if (draw * q[id]! < p[id]!) return { id, draw };

  const rest = Float64Array.from(p, (probability, index) => Math.max(0, probability - q[index]!));
  const total = rest.reduce((sum, weight) => sum + weight, 0);
  const second = random.next();
  // Where p and q differ by rounding alone nothing is left over: then p itself is what to draw from.
  const chosen = total > 0 ? pick(rest, total, second) : pick(p, 1, second);
  if (chosen < 0) throw new NextTokenError('no-candidates', 'every score is -Infinity');
  return { id: chosen, draw: second };
}
