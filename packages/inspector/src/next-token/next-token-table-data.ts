import type { ConstraintTrace } from '@nexttoken/generate';
import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import type { TracedStage as ChainStage } from '@nexttoken/sampling';

/** Processors to run, one or several; chains are taken apart. */
// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair, and `process` takes it
export type Processors = LogitsProcessor<any> | readonly LogitsProcessor<any>[];

/**
 * What one stage did to the row, as `traceChain` tells it, with `entropyBefore` and `entropy` in bits. `path` begins
 * with the stage's index in `processors`.
 */
export interface TracedStage extends ChainStage {}

export interface NextTokenTableOptions {
  /** How many rows, an integer >= 0; default 10. The rest is summed up in `others`. */
  readonly top?: number;
  /** What is ranked: raw logits (default) or the scores after the processors. */
  readonly orderBy?: 'logit' | 'score';
  /** Adds `score`, `share`, `removedBy` and `stages`. */
  readonly processors?: Processors | undefined;
  /** What the processors may look at; default: no ids, row 0. */
  readonly context?: Partial<ProcessorContext> | undefined;
}

/** One candidate for the next token. */
export interface NextTokenRow {
  /** 1 for the highest raw logit; of equal ones the lower id comes first. */
  readonly rank: number;
  readonly id: number;
  /** The token as people see it. */
  readonly token: string;
  /** What it adds to the text. */
  readonly text: string;
  /** Raw. */
  readonly logit: number;
  /** Softmax of the raw logits. */
  readonly probability: number;
  /** After the processors; -Infinity when removed. */
  readonly score?: number;
  /** Softmax of the scores. */
  readonly share?: number;
  /** The name of the stage that removed it. */
  readonly removedBy?: string;
}

export interface NextTokenTable {
  readonly rows: readonly NextTokenRow[];
  /** All tokens that have no row of their own. */
  readonly others: { readonly count: number; readonly probability: number; readonly share?: number };
  readonly vocabSize: number;
  /** Entropy of the raw distribution, in bits. */
  readonly entropy: number;
  /** What each stage did, in order; only with processors. */
  readonly stages?: readonly TracedStage[];
  /**
   * What each grammar among the processors says about this token: the rule in force, how many tokens it allows, and how
   * probable those are to the model itself. Only with a grammar.
   */
  readonly constraints?: readonly ConstraintTrace[];
}
