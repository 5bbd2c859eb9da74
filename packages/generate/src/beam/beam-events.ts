import type { FinishEvent, FinishReason, PrefillEvent } from '@nexttoken/model';

/**
 * What became of a candidate. `kept`: it is a beam of the next step. `finished`: it is among the finished texts.
 * `pruned`: it is gone.
 */
export type CandidateFate = 'kept' | 'finished' | 'pruned';

/**
 * Why. For `kept`: `best`. For `finished`: what ended it. For `pruned`: `rank` (enough better ones go on),
 * `outscored` (it ended, but enough finished texts are better), `late` (it ended, but only the best `numBeams`
 * candidates may), `early-stopping` (it ended, but no further text is wanted).
 */
export type CandidateReason = 'best' | 'rank' | 'outscored' | 'late' | 'early-stopping' | FinishReason;

/** One way to go on from one beam. */
export interface BeamCandidate {
  /** Index of the group; 0 without groups. */
  readonly group: number;
  /** Place among the group's candidates, 0 the best. */
  readonly rank: number;
  /** Index of the beam that it continues, among the item's beams of the step before. */
  readonly parent: number;
  readonly id: number;
  /** The token's log-probability behind the processors. */
  readonly logProbability: number;
  /** What the diversity processor took away from that, at most 0. */
  readonly diversity: number;
  /** Sum of the log-probabilities of all new tokens. */
  readonly cumulative: number;
  /** `cumulative / length ** lengthPenalty`, the new token counted. */
  readonly normalised: number;
  readonly fate: CandidateFate;
  readonly reason: CandidateReason;
  /** Index among the item's beams of the next step; present when it is kept. */
  readonly beam?: number;
}

/** A text that may be returned. */
export interface BeamHypothesis {
  readonly group: number;
  /** The new ids, the end token included. */
  readonly ids: readonly number[];
  /** For each new id the beam that chose it: its index among the item's beams of that step. */
  readonly parents: readonly number[];
  /** Sum of the log-probabilities. */
  readonly logProbability: number;
  /** `logProbability / length ** lengthPenalty`: what texts are ranked by. */
  readonly score: number;
  readonly reason: FinishReason;
}

/**
 * Why the search for one prompt ends. `early-stopping`: enough texts are finished. `no-improvement`: no beam can
 * become better than the worst of them. `nothing-left`: every beam has ended.
 */
export type BeamSearchEnd = 'early-stopping' | 'no-improvement' | 'nothing-left' | 'aborted';

/** One step of the search for one prompt. */
export interface BeamStepEvent {
  readonly type: 'beams';
  readonly batchItem: number;
  /** 0 for the first new token. */
  readonly step: number;
  /** All candidates that were looked at, group by group, best first. */
  readonly candidates: readonly BeamCandidate[];
  /** The finished texts so far, of each group the best first. */
  readonly finished: readonly BeamHypothesis[];
  /** Uniform numbers that drew the candidates, in order; present for beam sampling. */
  readonly draws?: readonly number[];
  /** Present in the last step. */
  readonly end?: BeamSearchEnd;
}

/** A returned text, in the order of their scores. */
export interface BeamFinishEvent extends FinishEvent {
  readonly batchItem: number;
  /** 0 the best. */
  readonly rank: number;
  readonly group: number;
  readonly score: number;
  readonly logProbability: number;
  readonly parents: readonly number[];
}

export type BeamEvent = PrefillEvent | BeamStepEvent | BeamFinishEvent;
