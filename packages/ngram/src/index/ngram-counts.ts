import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';

/** What followed a context, the most frequent token first; equal counts in order of first appearance in the corpus. */
export interface Continuations {
  /** Ids; borders are not among them. */
  readonly tokens: Int32Array;
  readonly counts: Int32Array;
  /** How many different tokens followed; more than `tokens` has where only some were asked for. */
  readonly distinct: number;
  /** How often any token followed. */
  readonly total: number;
  /** How often the sentence ended here. */
  readonly ends: number;
}

export interface SuffixOptions {
  /** The context may have `order - 1` ids; default: as many as are known. */
  readonly order?: number;
  /** Whether the end of the sentence counts as a continuation; default false: some token must follow. */
  readonly ends?: boolean;
}

/**
 * Counts of n-grams, wherever they come from. An n-gram is within one sentence; id 0 may begin it (`<s>`) or end it (`</s>`).
 * Of a context that holds a border only the last one and what follows it counts.
 */
export interface NgramCounts {
  readonly vocabulary: NgramVocabulary;
  /** Length of the longest n-grams that are counted; Infinity: any. */
  readonly order: number;
  /** Tokens of the corpus, borders left out. */
  readonly tokenCount: number;
  readonly sentenceCount: number;
  /** How often the n-gram occurs; the empty one: `tokenCount`. */
  count(ngram: ArrayLike<number>): number;
  /** What followed exactly this context. @param top at most as many; default: all */
  continuations(context: ArrayLike<number>, top?: number): Continuations;
  /** Length of the context's longest suffix that something followed; 0 where not even its last id is known. */
  longestSuffix(context: ArrayLike<number>, options?: SuffixOptions): number;
}
