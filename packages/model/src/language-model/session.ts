import type { Logits } from './logits';
import type { TopLogits } from './top-logits';

/** The new tokens of one row. An empty one sits this step out: its cache stays as it is. */
export type RowTokens = ArrayLike<number>;

/**
 * Which logits `forward` returns: those of each row's last new position, of all its new positions,
 * or none (the cache is filled, nothing is read back).
 */
export type LogitsRequest = 'last' | 'all' | 'none';

/** How far a `forward` has come: positions computed of positions asked for, over all rows. */
export interface ForwardProgress {
  readonly done: number;
  readonly total: number;
}

/** What may be captured beside the logits; each needs the capability of the same name. */
export interface ForwardCapture {
  readonly hiddenStates?: boolean;
  readonly attention?: boolean;
}

export interface ForwardOptions<Request extends LogitsRequest = LogitsRequest> {
  /** Default `last`. */
  readonly logits?: Request;
  /**
   * So many of the largest logits of each row's last new position, from 1 to the capability `topLogits`; default none.
   * With `logits: 'none'` nothing else is read back. For a greedy choice, or one among the n best of the raw logits; whatever looks
   * at all scores (penalties, grammars, top-p over the whole row) needs whole rows.
   */
  readonly top?: number | undefined;
  readonly capture?: ForwardCapture;
  /**
   * Stops at the next chunk border. What was computed before it is taken back: the rows keep the
   * lengths they had before the call. Rejects with the signal's reason.
   */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
}

/**
 * What the blocks of the network made of one row's new positions: shape `[layers, positions, width]`,
 * row-major, float32. Layer 0 are the embeddings, the last one is what the logits are computed from (behind
 * the final norm), those between are the blocks' raw outputs. Owned by the backend as {@link Logits} are.
 */
export interface HiddenStates {
  readonly data: Float32Array;
  readonly layers: number;
  readonly positions: number;
  readonly width: number;
}

/**
 * What one row's new positions attend to: shape `[layers, heads, positions, keys]`, row-major, float32, where `keys` is
 * the row's length after the call. Each position's weights sum to 1 and are 0 behind it. Owned by the backend as
 * {@link Logits} are. Cost: `4 · layers · heads · positions · keys` bytes.
 */
export interface AttentionPatterns {
  readonly data: Float32Array;
  readonly layers: number;
  readonly heads: number;
  readonly positions: number;
  readonly keys: number;
}

export interface ForwardResult<Request extends LogitsRequest = LogitsRequest> {
  /** One entry a row: `null` for a row that sat out, and for every row when `logits` is `none`. */
  readonly logits: Request extends 'none' ? readonly null[] : readonly (Logits | null)[];
  /** One entry a row, `null` for a row that sat out; present exactly when `top` was asked for. */
  readonly top?: readonly (TopLogits | null)[];
  /**
   * One entry a row, `null` for a row that sat out; present exactly when `capture: { hiddenStates: true }` was
   * asked for. All new positions are in it, whatever logits were asked for.
   */
  readonly hiddenStates?: readonly (HiddenStates | null)[];
  /** As `hiddenStates`, for `capture: { attention: true }`. */
  readonly attention?: readonly (AttentionPatterns | null)[];
}

/**
 * Some rows of text in progress, each with its own length. The session owns the KV cache, so a caller
 * hands over new tokens only. One call at a time: a second one while the first is pending rejects with
 * `session-busy` (and disturbs nothing).
 */
export interface Session {
  /** How many rows there are. */
  readonly rowCount: number;
  /** Cached positions of each row. */
  readonly lengths: readonly number[];

  /**
   * Appends tokens to the rows and computes the logits that follow them.
   *
   * @param rows one entry a row (`rowCount` of them); lengths may differ, empty ones sit out
   * @throws NextTokenError `invalid-token-id` for an id outside [0, vocabSize); `context-overflow`
   *   when a row would exceed the context; `invalid-parameter` for a wrong number of rows;
   *   `empty-prompt` when every row is empty; `session-busy`; `disposed`; `unsupported-capability`;
   *   `unsupported-option` for an option that is none.
   *   After any error the rows are as before the call.
   */
  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options?: ForwardOptions<Request>,
  ): Promise<ForwardResult<Request>>;

  /**
   * Replaces the rows: new row i continues old row `parents[i]`. One verb reorders (a permutation),
   * duplicates (an index twice), drops (an index left out) and appends (`-1`: a new, empty row).
   */
  select(parents: readonly number[]): Promise<void>;

  /** Cuts row i back to `lengths[i]` positions (at most its present length; 0 empties it). */
  truncate(lengths: readonly number[]): Promise<void>;

  /** An independent session with the same rows; memory may be shared until one of them writes. */
  fork(): Promise<Session>;

  /** Frees everything. Idempotent; waits for a running call to end. */
  dispose(): Promise<void>;
}
