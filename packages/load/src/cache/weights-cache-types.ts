/** Weights of one model in one number format, ready to be used again. */
export interface WeightsCacheEntry {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
  /** When a model was last loaded from it, in ms since the epoch. */
  readonly lastUsed: number;
  /** Whether a running process has it open. */
  readonly inUse: boolean;
}

export interface WeightsCacheOptions {
  /** As for `load`: the folder whose `weights` sub-folder is the cache. */
  readonly cacheFolder?: string | undefined;
}

export interface WeightsCacheListing {
  readonly folder: string;
  readonly entries: readonly WeightsCacheEntry[];
  readonly bytes: number;
}

export interface WeightsCacheClearing {
  readonly folder: string;
  readonly removed: readonly WeightsCacheEntry[];
  /** Weights that a running process uses, or that could not be removed. */
  readonly kept: readonly WeightsCacheEntry[];
}
