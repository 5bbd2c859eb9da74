/** What a loader shows; progress of `@nexttoken/hub` and `@nexttoken/load` fits in. */
export interface LoadState {
  /** What is loaded, e.g. a model's id. */
  readonly name: string;
  /** `stopped` can be gone on with; `failed` can be tried again. */
  readonly state: 'running' | 'stopped' | 'failed' | 'done';
  /** What happens now, in words, e.g. `fetching`, `preparing weights`. */
  readonly stage?: string | undefined;
  readonly bytes?: number | undefined;
  /** 0 or absent: not known. */
  readonly totalBytes?: number | undefined;
  readonly bytesPerSecond?: number | undefined;
  readonly secondsLeft?: number | undefined;
  readonly files?:
    | readonly {
        readonly path: string;
        readonly bytes: number;
        readonly totalBytes: number;
        /** It was there before. */
        readonly cached?: boolean | undefined;
      }[]
    | undefined;
  /** What went wrong, in words. */
  readonly error?: string | undefined;
}
