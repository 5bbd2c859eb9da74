import type { FinishReason } from '@nexttoken/model';
import type { BeamHypothesis, BeamSearchEnd } from './beam-events';
import { type HitCandidate, hypothesisOf, type JudgeInput, type Judgement, type Verdict } from './judge';

/** Limits end all texts at once, behind the step. */
const isLimit = (hit: FinishReason | undefined): boolean =>
  hit === 'max-new-tokens' || hit === 'max-length' || hit === 'max-time' || hit === 'context-length';

/** A new text among the finished ones: it needs a free place or a better score than the worst. */
function add(
  finished: readonly BeamHypothesis[],
  hypothesis: BeamHypothesis,
  places: number,
): readonly BeamHypothesis[] {
  if (finished.length < places) return [...finished, hypothesis];
  const worst = finished.reduce((least, other) => (other.score < least.score ? other : least));
  if (hypothesis.score <= worst.score) return finished;
  return [...finished.filter((other) => other !== worst), hypothesis];
}

function endOf(
  { plan, length, longest, candidates }: JudgeInput,
  finished: readonly BeamHypothesis[],
): BeamSearchEnd | undefined {
  const { earlyStopping, lengthPenalty, groupSize } = plan;
  if (finished.length < groupSize) return undefined;
  if (earlyStopping === true) return 'early-stopping';
  const reach = earlyStopping === 'never' && lengthPenalty > 0 ? longest : length;
  const attainable = Math.max(...candidates.map(({ cumulative }) => cumulative)) / reach ** lengthPenalty;
  return Math.min(...finished.map(({ score }) => score)) >= attainable ? 'no-improvement' : undefined;
}

/**
 * One step of one group by the rules of diverse beam search: candidates are taken from the best on, until the
 * group has its beams again; those that end on the way join the group's finished texts if they are among the
 * best `groupSize`. The group ends when no candidate, the ended ones included, could become better than its
 * worst finished text. Texts that reach a limit are finished as they are.
 *
 * Source: Vijayakumar et al., "Diverse Beam Search", 2018; `group_beam_search` and `BeamSearchScorer` of
 * transformers 4.
 */
export function judgeGroup(input: JudgeInput): Judgement {
  const { plan, candidates, length } = input;
  const { groupSize, lengthPenalty } = plan;
  const kept: HitCandidate[] = [];
  const verdicts: Verdict[] = [];
  let { finished } = input;

  const finish = (candidate: HitCandidate, reason: FinishReason): Verdict => {
    const score = candidate.cumulative / length ** lengthPenalty;
    const hypothesis = hypothesisOf(input, candidate, reason, score);
    finished = add(finished, hypothesis, groupSize);
    return finished.includes(hypothesis)
      ? { fate: 'finished', reason }
      : { fate: 'pruned', reason: 'outscored' };
  };

  for (const [rank, candidate] of candidates.entries()) {
    const ends = candidate.hit !== undefined && !isLimit(candidate.hit);
    if (ends && rank >= groupSize) verdicts.push({ fate: 'pruned', reason: 'late' });
    else if (kept.length === groupSize) verdicts.push({ fate: 'pruned', reason: 'rank' });
    else if (ends) verdicts.push(finish(candidate, candidate.hit!));
    else {
      kept.push(candidate);
      verdicts.push({ fate: 'kept', reason: 'best' });
    }
  }
  const end = endOf(input, finished) ?? (kept.length === 0 ? 'nothing-left' : undefined);
  const limit = kept.find(({ hit }) => isLimit(hit))?.hit;
  const chosen = kept.map(({ id }) => id);
  if (limit === undefined || end !== undefined) return { verdicts, kept, chosen, finished, end };
  for (const candidate of kept) verdicts[candidates.indexOf(candidate)] = finish(candidate, limit);
  return { verdicts, kept: [], chosen, finished, end: 'nothing-left' };
}
