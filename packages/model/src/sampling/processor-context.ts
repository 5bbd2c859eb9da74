import type { Random } from '../random/random';

/** The rows of the same batch item (the beams of one prompt), this row included, in row order. */
export interface SiblingRows {
  /** Index of this row among its siblings. */
  readonly index: number;
  /** Token ids of each sibling so far, prompt included. */
  readonly ids: readonly ArrayLike<number>[];
  /** Scores of each sibling at this stage, shape `[vocabSize]` each; this row's entry is the row itself. */
  readonly scores: readonly Float32Array[];
  /** Ids that earlier groups of this batch item chose in this very step (diverse beam groups). */
  readonly chosenThisStep: readonly number[];
}

/** What a processor may know beside the scores. Everything is read-only. */
export interface ProcessorContext {
  /** Token ids of this row so far: the prompt, then what was generated. */
  readonly ids: ArrayLike<number>;
  /** How many of `ids` are the prompt. */
  readonly promptLength: number;
  /** Index of the row in the batch. */
  readonly row: number;
  /** Index of the prompt this row belongs to; rows of several beams share one. */
  readonly batchItem: number;
  /** Present for processors that declare `requires.siblings`. */
  readonly siblings?: SiblingRows;
  /** A second row of raw logits (the unconditional prompt), for processors that declare `requires.guidance`. */
  readonly guidance?: Float32Array;
  /**
   * The row's own random source, the one its sampler draws from afterwards; present for processors that
   * declare `requires.random`. Draws are made in the order of the chain.
   */
  readonly random?: Random;
}
