import type { BeamSearchEnd, CandidateFate, CandidateReason } from '@nexttoken/generate';
import type { FinishReason } from '@nexttoken/model';

/** One candidate of the search, as a node of the tree. */
export interface BeamNode {
  /** Its place in `nodes`. */
  readonly index: number;
  /** Place of the node it continues; `undefined` behind the prompt. */
  readonly parent: number | undefined;
  /** Places of the candidates that continue it, by cumulative log-probability, best first. */
  readonly children: readonly number[];
  /** 0 for the first new token. */
  readonly step: number;
  readonly group: number;
  /** Place among its group's candidates of the step, 0 the best. */
  readonly rank: number;
  readonly id: number;
  readonly token: string;
  readonly text: string;
  /** Behind the processors and the diversity penalty, in nats. */
  readonly logProbability: number;
  /** `exp(logProbability)`: the link's width. */
  readonly probability: number;
  /** What the diversity processor took away, at most 0. */
  readonly diversity: number;
  /** The sum along the path: the parent's plus `logProbability` (rounded to float32). */
  readonly cumulative: number;
  /** New tokens on the path, this one included. */
  readonly length: number;
  /** `cumulative / length ** lengthPenalty` with the search's own penalty. */
  readonly normalised: number;
  readonly fate: CandidateFate;
  readonly reason: CandidateReason;
  /** The reason as a sentence. */
  readonly why: string;
  /** The beam it became; only for `kept`. */
  readonly beam?: number;
  /** Place among the returned texts (0 the best) of the best one whose path it is on. */
  readonly result?: number;
}

/** A returned or finished text as a path through the tree. */
export interface BeamPath {
  /** Places of its nodes, from the first token on. */
  readonly nodes: readonly number[];
  readonly group: number;
  readonly ids: readonly number[];
  readonly text: string;
  readonly logProbability: number;
  /** By the search's length penalty. */
  readonly score: number;
  readonly reason: FinishReason;
}

/** The search for one prompt as a tree. */
export interface BeamTree {
  readonly batchItem: number;
  readonly nodes: readonly BeamNode[];
  /** The nodes behind the prompt. */
  readonly roots: readonly number[];
  readonly steps: number;
  readonly groups: number;
  /** What was returned, best first; empty while the search runs. */
  readonly results: readonly BeamPath[];
  /** Every text that could have been returned: finished at the end, and beams that were open. */
  readonly texts: readonly BeamPath[];
  readonly lengthPenalty: number;
  readonly end?: BeamSearchEnd;
}

/** A text under another length penalty. */
export interface RankedBeamPath extends BeamPath {
  /** Under the new penalty, 1 the best; and under the search's own. */
  readonly rank: number;
  readonly rankBefore: number;
  /** `logProbability / length ** lengthPenalty` under the new penalty. */
  readonly newScore: number;
}

/** A run of nodes without alternatives that were kept, for a tree that is drawn folded. */
export interface BeamRun {
  /** Places of its nodes, one behind the other. */
  readonly nodes: readonly number[];
  readonly text: string;
  /** Runs that continue it, as places in the list of runs. */
  readonly children: readonly number[];
  /** Candidates that were pruned along it, as places of nodes. */
  readonly pruned: readonly number[];
}

/** A beam tree folded: runs instead of nodes. */
export interface FoldedBeamTree {
  readonly runs: readonly BeamRun[];
  /** Runs behind the prompt. */
  readonly roots: readonly number[];
  /** Candidates that were pruned behind the prompt, as places of nodes. */
  readonly pruned: readonly number[];
}

export interface BeamTreeOptions {
  /** Which prompt's search; default 0. */
  readonly batchItem?: number | undefined;
  /** The search's own; default 1, as of `beamSearch`. */
  readonly lengthPenalty?: number | undefined;
}
