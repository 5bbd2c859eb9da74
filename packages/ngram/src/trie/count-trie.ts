import type { NgramIndex } from '../index/ngram-index';
import { checkModelOrder } from '../smoothing/check-smoothing';
import type { SuffixIndex } from '../suffix/suffix-index';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import { type CountTrie, TrieBuilder } from './trie-builder';

/**
 * All n-grams of an index up to an order with their counts, sentence borders among them (`<s>` first, `</s>` last).
 *
 * @throws NextTokenError `invalid-parameter` for an order above that of the index, and for an index of several shards:
 *   compact it first
 *
 * Cost: one pass over the sorted suffixes; 12 bytes an n-gram.
 */
export function countTrie(index: NgramIndex, order: number): CountTrie {
  checkModelOrder('countTrie', order, index);
  const [shard] = index.shards as readonly [SuffixIndex];
  const builder = new TrieBuilder(index.vocabulary.size, order);
  const { ids, positions } = shard;
  let last = -1;
  let lastLength = 0;
  let position = 0;
  const idAt = (offset: number): number => ids.get(position + offset);
  for (let place = 0; place < positions.length; place++) {
    position = positions.get(place);
    const length = lengthAt(ids, position, order);
    let common = 0;
    if (last >= 0) {
      const limit = Math.min(length, lastLength);
      while (common < limit && ids.get(last + common) === ids.get(position + common)) common++;
    }
    builder.add(idAt, length, common, 1);
    last = position;
    lastLength = length;
  }
  return builder.finish();
}

/** How long the n-gram at a position can be: `order`, or up to the end of its sentence. */
function lengthAt(ids: SuffixIndex['ids'], position: number, order: number): number {
  const limit = Math.min(order, ids.length - position);
  for (let offset = 1; offset < limit; offset++)
    if (ids.get(position + offset) === sentenceBorder) return offset + 1;
  return limit;
}
