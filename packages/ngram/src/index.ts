export { countColumns } from './columns/count-columns';
export { ngramTable } from './columns/make-ngram-table';
export type { NgramColumns } from './columns/ngram-columns';
export { NgramTable } from './columns/ngram-table';
export { type CorpusBuilder, type CorpusOptions, createCorpusBuilder } from './corpus/corpus-builder';
export {
  type CorpusPiece,
  type CorpusSource,
  type LoadCorpusOptions,
  type LoadProgress,
  loadCorpus,
} from './corpus/load-corpus';
export type { NgramCorpus } from './corpus/ngram-corpus';
export { type LoadNgramIndexOptions, loadNgramIndex } from './file/load-ngram-index';
export { readArpa } from './file/read-arpa';
export { arpaPieces } from './file/write-arpa';
export { ngramIndexBlob, ngramIndexParts } from './file/write-ngram-index';
export { compactIndex } from './index/compact-index';
export { createNgramIndex, type NgramIndexOptions } from './index/create-ngram-index';
export {
  createShardedIndex,
  type ShardedIndexOptions,
  type SortedShard,
  type SortTask,
} from './index/create-sharded-index';
export { extendIndex } from './index/extend-index';
export type { Continuations, NgramCounts, SuffixOptions } from './index/ngram-counts';
export { NgramIndex, type NgramOccurrence } from './index/ngram-index';
export {
  type MixedLanguageModel,
  type MixLanguageModelsOptions,
  mixLanguageModels,
} from './language-model/mix-language-models';
export { type NgramLanguageModelOptions, ngramLanguageModel } from './language-model/ngram-language-model';
export { type CompleteOptions, type Completion, complete } from './query/complete';
export { type CountTableRow, countTable, renderCountTableRow } from './query/count-table';
export { type Prediction, type PredictOptions, predictNext } from './query/predict-next';
export { type Probe, probe, renderProbe } from './query/probe';
export { trainingTrace } from './query/training-trace';
export { type AddKOptions, addK } from './smoothing/add-k';
export { BackoffModel, type BackoffTable } from './smoothing/backoff-model';
export { type KneserNeyOptions, type KneserNeySource, kneserNey } from './smoothing/kneser-ney';
export { type LongestSuffixOptions, longestSuffix } from './smoothing/longest-suffix';
export { type MixedModel, mixModels } from './smoothing/mix-models';
export {
  type PerplexityOptions,
  type PerplexityResult,
  perplexity,
  sentenceLogProbabilities,
} from './smoothing/perplexity';
export type { SmoothedModel, SmoothingWarning } from './smoothing/smoothed-model';
export { type StupidBackoffOptions, stupidBackoff } from './smoothing/stupid-backoff';
export { type WittenBellOptions, wittenBell } from './smoothing/witten-bell';
export { type SuffixArray, type SuffixSortOptions, sortSuffixes } from './suffix/sort-suffixes';
export type { NgramVocabulary } from './vocabulary/ngram-vocabulary';
export { wordTokenizer } from './vocabulary/word-tokenizer';
export { idOrUnknown, WordVocabulary } from './vocabulary/word-vocabulary';
