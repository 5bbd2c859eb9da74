import type { FinishReason } from '@nexttoken/model';
import type { Beam } from './beam';
import type { BeamHypothesis, BeamSearchEnd, CandidateFate, CandidateReason } from './beam-events';
import type { RawCandidate } from './find-candidates';
import type { BeamPlan } from './plan-beam-search';

/** A candidate and what would end it. */
export interface HitCandidate extends RawCandidate {
  /** `undefined`: its text can go on. */
  readonly hit: FinishReason | undefined;
}

/** What became of a candidate. */
export interface Verdict {
  readonly fate: CandidateFate;
  readonly reason: CandidateReason;
}

/** What the rules of a search decide upon. */
export interface JudgeInput {
  readonly plan: BeamPlan;
  readonly group: number;
  readonly beams: readonly Beam[];
  readonly finished: readonly BeamHypothesis[];
  /** Best first; drawn ones in the order in which they were drawn. */
  readonly candidates: readonly HitCandidate[];
  /** New tokens of a text, the candidate's included. */
  readonly length: number;
  /** The most there can be. */
  readonly longest: number;
  readonly promptLength: number;
  /** Number of each beam among the item's. */
  readonly beamNumber: (beam: number) => number;
}

export interface Judgement {
  /** One a candidate. */
  readonly verdicts: readonly Verdict[];
  /** The candidates that go on, in the order of the new beams. */
  readonly kept: readonly HitCandidate[];
  /** The ids that the group chose in this step: also those that a limit has ended. */
  readonly chosen: readonly number[];
  readonly finished: readonly BeamHypothesis[];
  readonly end: BeamSearchEnd | undefined;
}

/** The text that ends with a candidate. */
export function hypothesisOf(
  { group, beams, promptLength, beamNumber }: JudgeInput,
  candidate: HitCandidate,
  reason: FinishReason,
  score: number,
): BeamHypothesis {
  const { ids, parents } = beams[candidate.beam]!;
  return {
    group,
    ids: [...ids.slice(promptLength), candidate.id],
    parents: [...parents, beamNumber(candidate.beam)],
    logProbability: candidate.cumulative,
    score,
    reason,
  };
}
