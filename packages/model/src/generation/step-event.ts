/** Why a row ended. */
export type FinishReason = 'end-token' | 'stop-string' | 'max-new-tokens' | 'context-length' | 'aborted';

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

/** The prompt is being read: positions done of all. */
export interface PrefillEvent {
  readonly type: 'prefill';
  readonly done: number;
  readonly total: number;
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
} & Captured<Capture, 'logits'> &
  Captured<Capture, 'scores'>;

/** Text that became certain: stop strings are cut off, half characters held back. */
export interface TextEvent {
  readonly type: 'text';
  readonly row: number;
  readonly text: string;
}

/** A row has ended. `ids` and `text` are the new ones only. */
export interface FinishEvent {
  readonly type: 'finish';
  readonly row: number;
  readonly reason: FinishReason;
  readonly ids: Int32Array;
  readonly text: string;
}

export type GenerationEvent<Capture extends StepCapture = StepCapture> =
  | PrefillEvent
  | StepEvent<Capture>
  | TextEvent
  | FinishEvent;
