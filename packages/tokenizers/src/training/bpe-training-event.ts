import type { StopReason } from './learn-merges';

/** The corpus is being read. */
export interface BpeCountingEvent {
  readonly type: 'counting';
  /** UTF-16 code units read. */
  readonly read: number;
  /** Different words met. */
  readonly words: number;
}

/** A merge was learnt: two tokens became one. */
export interface BpeMergeEvent {
  readonly type: 'merge';
  /** 0 for the first merge. */
  readonly step: number;
  /** The halves in the byte-level spelling (`Ġ` is a space). */
  readonly pair: readonly [left: string, right: string];
  /** What they become. */
  readonly token: string;
  readonly id: number;
  /** How often the pair occurs in the corpus as it is cut at this moment. */
  readonly count: number;
  /** False when the token existed already. */
  readonly isNew: boolean;
  /** Tokens so far. */
  readonly vocabSize: number;
}

/** Nothing more is learnt. */
export interface BpeFinishEvent {
  readonly type: 'finish';
  readonly reason: StopReason;
  readonly vocabSize: number;
}

export type BpeTrainingEvent = BpeCountingEvent | BpeMergeEvent | BpeFinishEvent;
