import type { FinishReason, RandomState } from '@nexttoken/model';

/** A processor or sampler as data. Functions among its parameters are `{ "function": true }`: hand it in again. */
export interface StageData {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** How a stretch of a run was made. */
export interface RunSegment {
  /** Its first step. */
  readonly start: number;
  /** The id that was put at that step instead of a choice; absent: it was chosen. */
  readonly token?: number;
  readonly processors: readonly StageData[];
  readonly sampler: StageData;
  /** Of the source that draws, before the stretch. */
  readonly random: RandomState;
  readonly maxNewTokens?: number;
  readonly maxLength?: number;
  readonly minNewTokens?: number;
  readonly endTokenIds?: readonly number[];
  readonly stopTokenIds?: readonly number[];
  readonly stopStrings?: readonly string[];
  readonly endTokenInTop?: number;
  readonly skipSpecialTokens?: boolean;
  readonly jumpForward?: boolean;
}

/** The numbers of one step. */
export interface RunStep {
  readonly logit: number;
  readonly probability: number;
  readonly score: number;
  readonly share: number;
}

/** A run as plain data: `JSON.stringify` it to save it, read it back with {@link readRun}. */
export interface RunRecord {
  /** Version of this format. */
  readonly format: 'nexttoken-run-1';
  readonly model: {
    readonly id: string;
    readonly vocabSize: number;
    /** A hash of the weights, where the caller knows one. */
    readonly hash?: string;
    readonly backend: string;
    readonly device: string;
    readonly dtype: string;
  };
  readonly promptIds: readonly number[];
  /** In order; the first begins at step 0, each later one was made by a fork. */
  readonly segments: readonly RunSegment[];
  /** The new ids. */
  readonly ids: readonly number[];
  /** For each of them the number that decided, where one did. */
  readonly draws: readonly (number | null)[];
  /** For each of them its numbers; null where it was put there, or forced by a grammar. */
  readonly steps: readonly (RunStep | null)[];
  readonly reason: FinishReason;
  readonly text: string;
  /** Captured rows, one a step, float32 little-endian in base64; null where an id was put there. */
  readonly rows?: {
    readonly logits?: readonly (string | null)[];
    readonly scores?: readonly (string | null)[];
  };
}
