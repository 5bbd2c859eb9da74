/**
 * What a model on its backend can do, as data: the testkit reads it, a user interface greys out by it.
 * A call beyond it throws `unsupported-capability`; nothing is accepted and ignored.
 */
export interface Capabilities {
  /** `full`: rows of `vocabSize` logits. `top`: only the n best are known, the rest is -Infinity. */
  readonly logits: 'full' | { readonly top: number };
  /**
   * How many of the largest logits `forward` can give out by themselves (`top`), so that whole rows need not be read back;
   * absent: none.
   */
  readonly topLogits?: number;
  /** Whether `forward` can return the logits of every new position (`logits: 'all'`). */
  readonly allPositions: boolean;
  /** Whether `capture: { hiddenStates: true }` is honoured. */
  readonly hiddenStates: boolean;
  /** Whether `capture: { attention: true }` is honoured. */
  readonly attention: boolean;
  /** The most rows a session may hold; `Infinity` where only memory limits it. */
  readonly maxRows: number;
  /** Whether rows can be reordered, duplicated, dropped and appended. */
  readonly select: boolean;
  /** Whether rows can be cut back to a shorter length. */
  readonly truncate: boolean;
  /** Whether a session can be forked into an independent one. */
  readonly fork: boolean;
  /** The most positions a row may hold, prompt included. */
  readonly contextLength: number;
  /** Where it runs, e.g. `cpu`, `webgpu`, `cuda`, `wasm`. */
  readonly device: string;
}
