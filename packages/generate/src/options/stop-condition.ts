import type { StepEvent } from '@nexttoken/model';

/** One row behind a token that was just chosen. */
export interface StopContext {
  readonly row: number;
  /** Index of the row's prompt. */
  readonly batchItem: number;
  /** The prompt, then what was generated, the newest id last; a live view, not to be kept. */
  readonly ids: ArrayLike<number>;
  readonly promptLength: number;
  /** The new text that is certain so far; empty without a tokenizer. */
  readonly text: string;
  readonly step: StepEvent;
}

/** Says whether a row ends here. What it throws becomes a NextTokenError `stop-condition-failed`. */
export type StopCondition = (context: StopContext) => boolean;
