import type { TopLogits } from '@nexttoken/model';

/** Which positions of a run go through the output layer. */
export type Wanted = 'last' | 'all' | 'none';

/** One run: equally long new tokens of neighbouring rows. */
export interface CacheRun {
  /** The first row; the run covers `tokens.length` rows from here. */
  readonly firstRow: number;
  /** New ids of each row, all of one length. */
  readonly tokens: readonly Int32Array[];
  /** How many tokens of a row are still to come in later runs of the same `forward`, at most. */
  readonly more: number;
  readonly wanted: Wanted;
  /** Whether hidden states are wanted too. */
  readonly hiddenStates: boolean;
  /** Whether attention patterns are wanted too. */
  readonly attention: boolean;
  /** How many of the largest logits of each row's last position are wanted; 0: none. */
  readonly top: number;
  /** Whether logits stay where they were computed: only the largest are wanted. */
  readonly topOnly: boolean;
}

export interface CacheRunResult {
  /** Row-major: `[rows, vocabSize]` for `last`, `[rows · length, vocabSize]` for `all`. */
  readonly logits: Float32Array | null;
  /** Of each row of the run, `[layers, length, width]`. */
  readonly hiddenStates: readonly Float32Array[] | null;
  /** Of each row of the run, `[layers, heads, length, keys]` with `keys` the row's length behind the run. */
  readonly attention: readonly Float32Array[] | null;
  /** Of each row of the run. */
  readonly top: readonly TopLogits[] | null;
}

/** The rows' KV cache and the way to run the graph over it: the one thing in which the two layouts differ. */
export interface CacheRows {
  readonly lengths: readonly number[];
  /** Computes the run, appends it to the cache. */
  run(run: CacheRun): Promise<CacheRunResult>;
  select(parents: readonly number[]): void;
  truncate(lengths: readonly number[]): void;
  fork(): CacheRows;
  /** Resolves when the memory is free. */
  dispose(): Promise<void> | void;
  /** The memory that it holds now; forks may hold the same. */
  readonly buffers: readonly { readonly byteLength: number }[];
}
