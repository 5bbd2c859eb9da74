/** Which positions of a run go through the output layer. */
export type Wanted = 'last' | 'all' | 'none';

/** One run: equally long new tokens of neighbouring rows. */
export interface CacheRun {
  /** The first row; the run covers `tokens.length` rows from here. */
  readonly firstRow: number;
  /** New ids of each row, all of one length. */
  readonly tokens: readonly Int32Array[];
  readonly wanted: Wanted;
}

/** The rows' KV cache and the way to run the graph over it: the one thing in which the two layouts differ. */
export interface CacheRows {
  readonly lengths: number[];
  /**
   * Computes the run, appends it to the cache.
   * @returns logits, row-major: `[rows, vocabSize]` for `last`, `[rows · length, vocabSize]` for `all`
   */
  run(run: CacheRun): Promise<Float32Array | null>;
  select(parents: readonly number[]): void;
  truncate(lengths: readonly number[]): void;
  fork(): CacheRows;
  dispose(): void;
  /** Bytes that the cache holds now. */
  readonly byteLength: number;
}
