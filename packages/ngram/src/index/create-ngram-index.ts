import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { MemoryStore } from '../suffix/integer-store';
import { checkOrder, type SuffixSortOptions, sortSuffixes } from '../suffix/sort-suffixes';
import { SuffixIndex } from '../suffix/suffix-index';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { NgramIndex } from './ngram-index';

export type NgramIndexOptions = SuffixSortOptions;

/**
 * Sorts a corpus into an index that counts n-grams of any length up to `order`.
 *
 * @param corpus from `createCorpusBuilder` or a loader; its ids are kept, not copied
 * @param options `order`: the longest n-grams that will be asked for, an integer >= 1, default Infinity;
 * `depthCap`, `onProgress`: see `sortSuffixes`
 * @throws NextTokenError `invalid-parameter`
 *
 * Cost: that of `sortSuffixes`; 8 bytes a token (and border) stay, 4 a word.
 */
export function createNgramIndex(corpus: NgramCorpus, options: NgramIndexOptions = {}): NgramIndex {
  checkOptionNames('createNgramIndex', options, ['order', 'depthCap', 'onProgress']);
  const { order = Number.POSITIVE_INFINITY } = options;
  checkOrder('createNgramIndex', 'order', order);
  return new NgramIndex([createShard(corpus, options)], corpus.vocabulary, order);
}

/** One shard of an index. */
export function createShard(corpus: NgramCorpus, options: SuffixSortOptions): SuffixIndex {
  const { positions, first } = sortSuffixes(corpus.ids, corpus.vocabulary.size, options);
  return new SuffixIndex(
    new MemoryStore(corpus.ids),
    new MemoryStore(positions),
    first,
    corpus.sentenceCount,
  );
}

/** An index over shards that share a vocabulary. @throws NextTokenError `invalid-parameter` for none */
export function combineShards(
  shards: readonly SuffixIndex[],
  vocabulary: NgramVocabulary,
  order: number,
): NgramIndex {
  if (shards.length > 0) return new NgramIndex(shards, vocabulary, order);
  throw new NextTokenError('invalid-parameter', 'an index needs at least one shard', { parameter: 'shards' });
}
