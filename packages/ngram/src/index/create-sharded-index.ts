import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { MemoryStore } from '../suffix/integer-store';
import { checkOrder, type SuffixArray } from '../suffix/sort-suffixes';
import { SuffixIndex } from '../suffix/suffix-index';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import { combineShards } from './create-ngram-index';
import type { NgramIndex } from './ngram-index';

/** What a worker needs to sort one shard; plain data that can be posted. */
export interface SortTask {
  readonly ids: Int32Array;
  readonly vocabSize: number;
  readonly order: number;
}

/** What it gives back: the ids that were handed over, and their suffixes. */
export interface SortedShard extends SuffixArray {
  readonly ids: Int32Array;
}

export interface ShardedIndexOptions {
  /** How many pieces, at most; an integer >= 1. */
  readonly shards: number;
  /** As for `createNgramIndex`. */
  readonly order?: number;
  /** Sorts one shard, e.g. in a worker: `({ ids, vocabSize, order }) => ({ ids, ...sortSuffixes(ids, vocabSize, { order }) })`. */
  readonly sort: (task: SortTask) => Promise<SortedShard> | SortedShard;
}

/**
 * An index whose text is cut between sentences into pieces of about equal length, which are sorted side by side.
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; what `sort` throws
 *
 * Cost: that of the longest piece where `sort` runs in workers; a look-up: one for each shard.
 */
export async function createShardedIndex(
  corpus: NgramCorpus,
  options: ShardedIndexOptions,
): Promise<NgramIndex> {
  checkOptionNames('createShardedIndex', options, ['shards', 'order', 'sort']);
  const { shards, order = Number.POSITIVE_INFINITY, sort } = options;
  if (!Number.isInteger(shards) || shards < 1) {
    throw invalidParameter('createShardedIndex', 'shards', shards, 'an integer >= 1');
  }
  checkOrder('createShardedIndex', 'order', order);
  const vocabSize = corpus.vocabulary.size;
  const sorted = await Promise.all(
    cutCorpus(corpus.ids, shards).map(async (ids) => {
      const sentenceCount = countSentences(ids);
      const shard = await sort({ ids, vocabSize, order });
      return new SuffixIndex(
        new MemoryStore(shard.ids),
        new MemoryStore(shard.positions),
        shard.first,
        sentenceCount,
      );
    }),
  );
  return combineShards(sorted, corpus.vocabulary, order);
}

/** Copies of pieces of a corpus, each with a border at both ends; at most `count`, none without a sentence. */
export function cutCorpus(ids: Int32Array, count: number): Int32Array[] {
  const pieces: Int32Array[] = [];
  let begin = 0;
  for (let piece = 1; piece <= count && begin < ids.length - 1; piece++) {
    let end =
      piece === count ? ids.length - 1 : Math.max(begin + 1, Math.floor((ids.length * piece) / count));
    while (end < ids.length - 1 && ids[end] !== sentenceBorder) end++;
    pieces.push(ids.slice(begin, end + 1));
    begin = end;
  }
  return pieces;
}

function countSentences(ids: Int32Array): number {
  let borders = 0;
  for (const id of ids) if (id === sentenceBorder) borders++;
  return borders - 1;
}
