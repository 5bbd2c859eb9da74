import type { Random } from '@nexttoken/model';
import { topIndices } from '@nexttoken/numeric';
import type { Beam } from './beam';

/** A way to go on, before anything is decided about it. */
export interface RawCandidate {
  /** Index of its beam within the group. */
  readonly beam: number;
  readonly id: number;
  readonly logProbability: number;
  readonly cumulative: number;
}

const candidateOf = (
  beams: readonly Beam[],
  scores: readonly Float32Array[],
  beam: number,
  id: number,
): RawCandidate => {
  const logProbability = scores[beam]![id]!;
  return { beam, id, logProbability, cumulative: Math.fround(logProbability + beams[beam]!.cumulative) };
};

/** The `count` best candidates over all beams, the best first; removed tokens are none. */
export function bestCandidates(
  beams: readonly Beam[],
  scores: readonly Float32Array[],
  count: number,
): RawCandidate[] {
  const all = beams.flatMap((_, beam) =>
    Array.from(topIndices(scores[beam]!, count), (id) => candidateOf(beams, scores, beam, id)),
  );
  return all.sort((a, b) => b.cumulative - a.cumulative || a.beam - b.beam || a.id - b.id).slice(0, count);
}

/**
 * `count` candidates drawn one after the other from `softmax(cumulative)` over all beams, without replacement: each
 * by one uniform number, over those that are left. Fewer where fewer have a probability.
 *
 * Cost: one exponential a token and beam, and one pass over them for each draw.
 */
export function drawCandidates(
  beams: readonly Beam[],
  scores: readonly Float32Array[],
  count: number,
  random: Random,
): { readonly candidates: RawCandidate[]; readonly draws: number[] } {
  const width = scores[0]!.length;
  const weights = new Float64Array(width * beams.length);
  let best = Number.NEGATIVE_INFINITY;
  for (const [beam, { cumulative }] of beams.entries()) {
    for (const score of scores[beam]!) best = Math.max(best, score + cumulative);
  }
  for (const [beam, { cumulative }] of beams.entries()) {
    const own = scores[beam]!;
    if (best === Number.NEGATIVE_INFINITY) break;
    for (let id = 0; id < width; id++) weights[beam * width + id] = Math.exp(own[id]! + cumulative - best);
  }
  const candidates: RawCandidate[] = [];
  const draws: number[] = [];
  while (candidates.length < count) {
    let total = 0;
    for (const weight of weights) total += weight;
    if (!(total > 0)) break;
    const draw = random.next();
    let sum = 0;
    let chosen = -1;
    for (let index = 0; index < weights.length; index++) {
      if (weights[index] === 0) continue;
      sum += weights[index]!;
      chosen = index;
      if (sum > draw * total) break;
    }
    weights[chosen] = 0;
    draws.push(draw);
    candidates.push(candidateOf(beams, scores, Math.floor(chosen / width), chosen % width));
  }
  return { candidates, draws };
}
