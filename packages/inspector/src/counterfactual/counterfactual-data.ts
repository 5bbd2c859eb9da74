import type { RunRecord } from '@nexttoken/generate';
import type { ProcessorContext, Sampler, Tokenizer } from '@nexttoken/model';
import type { Processors } from '../next-token/next-token-table-data';

export interface CounterfactualOptions {
  /** The luck: the uniform number in [0, 1) that decides. */
  readonly draw: number;
  readonly processors?: Processors | undefined;
  /** Default `categorical()`; also `gumbelMax()`, whose noise is decided by the draw. */
  // biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
  readonly sampler?: Sampler<any> | undefined;
  readonly context?: Partial<ProcessorContext> | undefined;
  readonly tokenizer?: Tokenizer | undefined;
}

/** The token that a draw picks. */
export interface DrawnToken {
  readonly id: number;
  readonly token: string;
  /** Its probability after the processors. */
  readonly share: number;
  /** Raw. */
  readonly probability: number;
  /** The draw that picked it. */
  readonly draw: number;
  /** For `categorical`: the draws `[low, high)` that pick it, ids in ascending order. */
  readonly interval?: readonly [low: number, high: number];
}

/** One value of a slider and what it makes the same draw pick. */
export interface SweptDraw extends DrawnToken {
  readonly value: number;
  /** Whether another token is picked than for the value before. */
  readonly flips: boolean;
}

/** One step of a recorded run under other settings, with its own luck and its own past. */
export interface CounterfactualStep {
  readonly step: number;
  /** What the run chose. */
  readonly id: number;
  readonly token: string;
  /** What the other settings choose from the same row with the same draw; absent for a step without row or draw. */
  readonly other?: DrawnToken;
  readonly same: boolean;
}

export interface CounterfactualRun {
  readonly record: RunRecord;
  readonly steps: readonly CounterfactualStep[];
  /** The first step that goes another way; from there on the other run's past would be another one. */
  readonly firstDifference?: number;
}

/** One id of a row in the cumulative distribution. */
export interface CumulativeEntry {
  readonly id: number;
  readonly token: string;
  readonly share: number;
  /** The draws `[low, high)` that pick it. */
  readonly low: number;
  readonly high: number;
}

/** Many draws from one row, beside what theory says. */
export interface DrawHistogram {
  readonly count: number;
  readonly seed: number;
  /** By share, most probable first; the tokens beyond `top` are summed up in `others`. */
  readonly rows: readonly {
    readonly id: number;
    readonly token: string;
    readonly share: number;
    readonly drawn: number;
    /** `count · share`. */
    readonly expected: number;
  }[];
  readonly others: { readonly tokens: number; readonly share: number; readonly drawn: number };
}
