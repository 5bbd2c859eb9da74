/**
 * Why a row ended. `end-token`: an end token was chosen. `stop-token`: one of the further stop ids.
 * `stop-string`: the text holds a stop string. `stop-condition`: the caller's function said so.
 * `end-token-in-top`: an end token was among the best of the raw logits, so nothing was chosen any more.
 * `max-new-tokens`, `max-length` (prompt included), `max-time`: a limit. `context-length`: the cache is full.
 * `aborted`: the signal. `unfinished`: beam search returned a text that was still being written.
 */
export type FinishReason =
  | 'end-token'
  | 'stop-token'
  | 'stop-string'
  | 'stop-condition'
  | 'end-token-in-top'
  | 'max-new-tokens'
  | 'max-length'
  | 'max-time'
  | 'context-length'
  | 'aborted'
  | 'unfinished';

/** What may be captured; what is not asked for is neither copied nor present in the types. */
export interface StepCapture {
  /** Copies of the raw logits, shape `[vocabSize]`. */
  readonly logits?: boolean;
  /** Copies of the processed scores, shape `[vocabSize]`. */
  readonly scores?: boolean;
}

type Captured<Capture extends StepCapture, Key extends keyof StepCapture> = Capture[Key] extends true
  ? { readonly [K in Key]: Float32Array }
  : unknown;

/** The prompt is being read: positions done of all, over all rows. */
export interface PrefillEvent {
  readonly type: 'prefill';
  readonly done: number;
  readonly total: number;
}

/** What a draft had proposed for a step. */
export interface DraftedToken {
  /** The id that the draft proposed. */
  readonly id: number;
  /** Whether it became the step's id. */
  readonly accepted: boolean;
}

/** One token was chosen. */
export type StepEvent<Capture extends StepCapture = StepCapture> = {
  readonly type: 'step';
  readonly row: number;
  /** 0 for the first new token. */
  readonly step: number;
  readonly id: number;
  /** Raw logit of the chosen id. */
  readonly logit: number;
  /** Its probability under the raw logits. */
  readonly probability: number;
  /** Its score after the processors. */
  readonly score: number;
  /** Its probability after the processors. */
  readonly share: number;
  /** The uniform number that decided, where a sampler drew one. */
  readonly draw?: number;
  /** Present where a draft had proposed a token for this step. */
  readonly drafted?: DraftedToken;
} & Captured<Capture, 'logits'> &
  Captured<Capture, 'scores'>;

/** Text that became certain: stop strings are cut off, half characters held back. */
export interface TextEvent {
  readonly type: 'text';
  readonly row: number;
  readonly text: string;
}

/** How a draft served one row. */
export interface DraftStatistics {
  /** Tokens that the draft proposed and the model looked at. */
  readonly proposed: number;
  /** Those of them that were kept. */
  readonly accepted: number;
  /** `accepted / proposed`; 0 where nothing was proposed. */
  readonly acceptanceRate: number;
  /** Forward calls of the model that this row took part in, the prompt's included. */
  readonly forwards: number;
}

/** A row has ended. `ids` and `text` are the new ones only. */
export interface FinishEvent {
  readonly type: 'finish';
  readonly row: number;
  readonly reason: FinishReason;
  readonly ids: Int32Array;
  readonly text: string;
  /** Present when a draft was used. */
  readonly draft?: DraftStatistics;
}

export type GenerationEvent<Capture extends StepCapture = StepCapture> =
  | PrefillEvent
  | StepEvent<Capture>
  | TextEvent
  | FinishEvent;
