import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';

/** A text as ids: `0 w1 w2 0 w3 0`, a border before and after every sentence (one between two). */
export interface NgramCorpus {
  /** Shape `[tokens + sentences + 1]`. */
  readonly ids: Int32Array;
  readonly vocabulary: NgramVocabulary;
  readonly sentenceCount: number;
}
