/** What one stage did to the row. */
export interface TracedStage {
  /** The processor's type; a second one of the same type is `topK (2)`. */
  readonly name: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Where it stands: indices from the outermost chain inwards; `[]` for a processor that is no chain. */
  readonly path: readonly number[];
  /** Tokens left behind this stage (not -Infinity). */
  readonly kept: number;
  /** Tokens that this stage removed. */
  readonly removed: number;
  /** Tokens that it brought back (forcing does). */
  readonly restored: number;
  /** Probability of the removed tokens in the distribution that came in. */
  readonly removedMass: number;
  /** Entropy of the distribution that came in, in nats. */
  readonly entropyBefore: number;
  /** Entropy of the distribution behind this stage, in nats. */
  readonly entropy: number;
  /** Where it cut, in the scores that came in; only where it removed tokens and left some. */
  readonly cut?: {
    /** The lowest score that stayed. */
    readonly lowestKept: number;
    /** The highest score that went. Above `lowestKept` where a stage does not cut from below, as typical-p. */
    readonly highestRemoved: number;
  };
}

/** One token's way through the stages. */
export interface TracedToken {
  readonly id: number;
  readonly logit: number;
  /** Its score behind each stage. */
  readonly scores: readonly number[];
  /** Index of the stage that removed it; absent for one that is left, or that came in removed. */
  readonly removedBy?: number;
}

/** What a chain did to a row, as plain data (and two typed arrays). */
export interface ChainTrace {
  /** One entry a stage, in order; chains within chains are taken apart. */
  readonly stages: readonly TracedStage[];
  /** The processed row, shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** For each id 1 + the index of the stage that removed it, 0 for one that is left or came in removed; shape `[vocabSize]`. */
  readonly removedBy: Uint16Array;
  /** The tokens asked for, in the order in which they were. */
  readonly tokens: readonly TracedToken[];
}
