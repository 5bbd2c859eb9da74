import type { Tokenizer } from '@nexttoken/model';

export interface AttentionOptions {
  /** Ids of all positions, shape `[keys]`; names the tokens. */
  readonly ids?: ArrayLike<number> | undefined;
  readonly tokenizer?: Tokenizer | undefined;
  /** Leaves out what a position gives to the first one (the sink) and lets the rest sum to 1; default false. */
  readonly ignoreFirst?: boolean | undefined;
}

export interface AttentionHeadOptions extends AttentionOptions {
  readonly layer: number;
  readonly head: number;
  /** Each row lists the fewest keys that hold this share of its attention, in [0, 1]; default 0.9. 1: all of them. */
  readonly mass?: number | undefined;
  /** Only these positions, indices into the row's `keys`; default all that the patterns have. */
  readonly positions?: readonly number[] | undefined;
}

/** One key that a position attends to. */
export interface AttentionEntry {
  /** The position that is looked at. */
  readonly key: number;
  readonly token: string;
  /** In [0, 1]. With `ignoreFirst` after the first one was left out. */
  readonly weight: number;
}

/** What one position attends to. */
export interface AttentionRow {
  readonly position: number;
  readonly token: string;
  /** The fewest keys that hold the mass, strongest first. */
  readonly entries: readonly AttentionEntry[];
  /** What the entries hold together, and how many keys are not among them. */
  readonly mass: number;
  readonly rest: number;
  /** Share of the first position, before it is left out. */
  readonly sink: number;
  /** Mean distance `Σ weight · (position − key)`, in tokens. */
  readonly reach: number;
  /** Bits. */
  readonly entropy: number;
}

/** One head over the positions of a text. */
export interface AttentionHeadView {
  readonly layer: number;
  readonly head: number;
  readonly ignoreFirst: boolean;
  /** The least share that each row's entries hold, as asked for. */
  readonly mass: number;
  readonly keys: number;
  /** The tokens of all keys. */
  readonly tokens: readonly string[];
  readonly rows: readonly AttentionRow[];
  /** All weights, shape `[rows, keys]`, row-major; a copy. */
  readonly weights: Float32Array;
}

/** What kind of head it is, in means over its positions (without the first, which can only look at itself). */
export interface AttentionHeadSummary {
  readonly layer: number;
  readonly head: number;
  /** Share of the first position. */
  readonly sink: number;
  /** Share of the position itself. */
  readonly self: number;
  /** Share of the position before. */
  readonly previous: number;
  /** Mean distance, in tokens. */
  readonly reach: number;
  /** Bits. */
  readonly entropy: number;
}

/** All heads of all layers in small: what a grid of heads draws. */
export interface AttentionOverview {
  readonly layers: number;
  readonly heads: number;
  readonly keys: number;
  readonly ignoreFirst: boolean;
  /** Layer by layer, head by head. */
  readonly summaries: readonly AttentionHeadSummary[];
}
