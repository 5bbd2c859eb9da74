import type { Capabilities } from './capabilities';
import type { Session } from './session';

export interface SessionOptions {
  /** How many (empty) rows the session starts with; default 1. */
  readonly rows?: number;
}

/** What really runs, for people and for `doctor`: every entry is plain data. */
export interface ModelDescription {
  readonly backend: string;
  readonly device: string;
  /** Number format of the weights as they run, e.g. `fp32`, `int4`. */
  readonly dtype: string;
  /** How the KV cache is kept. */
  readonly cache: string;
  readonly [detail: string]: unknown;
}

/**
 * A causal language model on some backend: token ids in, raw logits out. This is the interface that
 * an adapter implements; `@nexttoken/backend-testkit` checks that it does.
 */
export interface LanguageModel {
  /** Version of this contract. */
  readonly specification: 'nexttoken-model-1';
  /** A name for people, e.g. the folder's or the hub's. */
  readonly modelId: string;
  /** Width of a logits row. It may exceed the tokenizer's vocabulary: the spare ids are legal. */
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  /**
   * @throws NextTokenError `invalid-parameter` for what is no number of rows; `unsupported-capability` for more than `maxRows`;
   *   `unsupported-option`; `disposed`
   */
  createSession(options?: SessionOptions): Promise<Session>;
  describe(): ModelDescription;
  /** Frees the model and all its sessions. Idempotent; waits for a running call to end. */
  dispose(): Promise<void>;
}
