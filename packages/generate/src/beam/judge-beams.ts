import type { BeamSearchEnd } from './beam-events';
import { type HitCandidate, hypothesisOf, type JudgeInput, type Judgement, type Verdict } from './judge';

/** `cumulative / length ** lengthPenalty`, in float32. */
const normalise = (cumulative: number, length: number, lengthPenalty: number): number =>
  Math.fround(cumulative / Math.fround(length ** lengthPenalty));

function endOf(
  { plan, length, longest }: JudgeInput,
  kept: readonly HitCandidate[],
  scores: readonly number[],
): BeamSearchEnd | undefined {
  const { earlyStopping, lengthPenalty, groupSize } = plan;
  if (kept.length === 0) return 'nothing-left';
  if (scores.length < groupSize) return undefined;
  if (earlyStopping === true) return 'early-stopping';
  const reach = earlyStopping === 'never' && lengthPenalty > 0 ? longest : length;
  const attainable = normalise(kept[0]!.cumulative, reach, lengthPenalty);
  return attainable > Math.min(...scores) ? undefined : 'no-improvement';
}

/**
 * One step by the rules of plain beam search: every candidate that has ended leaves the race, those among the
 * best `numBeams` join the finished texts, of which the best `numBeams` stay; the best others go on. The search
 * ends when the best beam, at its present length (with `'never'` and a length penalty above 0: at the greatest
 * length), would not be better than the worst finished text, and all places there are taken.
 *
 * Source: `_beam_search` of transformers 5.
 */
export function judgeBeams(input: JudgeInput): Judgement {
  const { plan, candidates, length, finished: before } = input;
  const { groupSize, lengthPenalty } = plan;
  const going = candidates.filter(({ hit }) => hit === undefined);
  // Drawn candidates do not come in the order of their scores.
  const kept = going.sort((a, b) => b.cumulative - a.cumulative).slice(0, groupSize);

  const ended = candidates.flatMap((candidate, rank) => {
    if (candidate.hit === undefined || rank >= groupSize) return [];
    const score = normalise(candidate.cumulative, length, lengthPenalty);
    return [{ rank, hypothesis: hypothesisOf(input, candidate, candidate.hit, score) }];
  });
  const finished = [...before, ...ended.map(({ hypothesis }) => hypothesis)]
    .sort((a, b) => b.score - a.score)
    .slice(0, groupSize);

  const verdicts = candidates.map((candidate, rank): Verdict => {
    if (candidate.hit === undefined) {
      return kept.includes(candidate) ? { fate: 'kept', reason: 'best' } : { fate: 'pruned', reason: 'rank' };
    }
    if (rank >= groupSize) return { fate: 'pruned', reason: 'late' };
    const own = ended.find((entry) => entry.rank === rank)!.hypothesis;
    return finished.includes(own)
      ? { fate: 'finished', reason: candidate.hit }
      : { fate: 'pruned', reason: 'outscored' };
  });
  const end = endOf(
    input,
    kept,
    finished.map(({ score }) => score),
  );
  return { verdicts, kept, chosen: kept.map(({ id }) => id), finished, end };
}
