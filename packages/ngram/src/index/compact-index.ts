import type { NgramCorpus } from '../corpus/ngram-corpus';
import { checkCorpusLength } from '../corpus/token-buffer';
import { MemoryStore } from '../suffix/integer-store';
import type { SuffixIndex } from '../suffix/suffix-index';
import { createNgramIndex } from './create-ngram-index';
import type { NgramIndex } from './ngram-index';

/**
 * The same counts in one shard. An index of one shard is returned as it is.
 * Cost: the sort of the whole text; 8 bytes a token.
 */
export function compactIndex(index: NgramIndex): NgramIndex {
  if (index.shards.length === 1) return index;
  return createNgramIndex(joinShards(index.shards, index), { order: index.order });
}

/** The texts of some shards, one after the other. */
export function joinShards(
  shards: readonly SuffixIndex[],
  { vocabulary }: Pick<NgramIndex, 'vocabulary'>,
): NgramCorpus {
  // Each shard has a border of its own at its beginning; between two of them one is enough.
  const length = shards.reduce((sum, { ids }) => sum + ids.length - 1, 1);
  checkCorpusLength(length, 'joinShards');
  const ids = new Int32Array(length);
  let at = 0;
  for (const shard of shards) {
    ids.set(valuesOf(shard.ids), at);
    at += shard.ids.length - 1;
  }
  return { ids, vocabulary, sentenceCount: shards.reduce((sum, shard) => sum + shard.sentenceCount, 0) };
}

function valuesOf(store: SuffixIndex['ids']): Int32Array {
  if (store instanceof MemoryStore) return store.values;
  const values = new Int32Array(store.length);
  for (let i = 0; i < values.length; i++) values[i] = store.get(i);
  return values;
}
