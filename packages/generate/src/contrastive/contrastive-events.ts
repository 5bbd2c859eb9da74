import type { GenerationEvent } from '@nexttoken/model';

/** A token that contrastive search weighed. */
export interface ContrastCandidate {
  readonly id: number;
  /** Its probability behind the processors. */
  readonly probability: number;
  /** Its greatest cosine similarity with a position before it: how much it would repeat. */
  readonly penalty: number;
  /** `(1 - alpha) · probability - alpha · penalty`. */
  readonly score: number;
  readonly chosen: boolean;
}

/** What a step was chosen from, just before its `step` event. */
export interface ContrastEvent {
  readonly type: 'contrast';
  readonly row: number;
  readonly step: number;
  /** The most probable first. */
  readonly candidates: readonly ContrastCandidate[];
}

export type ContrastiveSearchEvent = GenerationEvent | ContrastEvent;
