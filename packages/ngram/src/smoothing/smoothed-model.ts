import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';

/** Something about a model that its user should know. */
export interface SmoothingWarning {
  /** Stable, for programs. */
  readonly code: 'discount-fallback';
  /** For people. */
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Probabilities of the next token over n-gram counts. Ids are those of the vocabulary; id 0 is the end of the sentence. */
export interface SmoothedModel {
  /** The factory's name, e.g. `kneserNey`. */
  readonly type: string;
  /** As checked by the factory; plain data. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly vocabulary: NgramVocabulary;
  /** The context counts with its last `order - 1` ids. */
  readonly order: number;
  /** Whether every id has a probability above 0, after every context. */
  readonly leavesNothingOut: boolean;
  readonly warnings: readonly SmoothingWarning[];
  /** ln p(id | context); -Infinity for 0. Of a context the last border and what follows it counts. */
  logProbability(context: ArrayLike<number>, id: number): number;
  /**
   * ln p of every id.
   * @param out shape `[vocabulary.size]`; default: a new one
   */
  logProbabilities(context: ArrayLike<number>, out?: Float32Array): Float32Array;
}
