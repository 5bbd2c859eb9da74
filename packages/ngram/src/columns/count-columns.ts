import { invalidParameter } from '@nexttoken/model';
import { compactIndex } from '../index/compact-index';
import type { NgramIndex } from '../index/ngram-index';
import { countTrie } from '../trie/count-trie';
import { forEachNgram } from '../trie/ngram-trie';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import type { NgramColumns } from './ngram-columns';

/**
 * The n-grams of one length of an index with their counts, as columns. Those of length 1 have `</s>` among them, once a
 * sentence.
 *
 * @param length an integer from 1 to the order of the index
 * @throws NextTokenError `invalid-parameter`
 *
 * Cost: 12 bytes for each n-gram up to this length, and the columns.
 */
export function countColumns(
  index: NgramIndex,
  length: number,
): NgramColumns & { readonly counts: Int32Array } {
  if (!Number.isInteger(length) || length < 1 || length > index.order) {
    throw invalidParameter(
      'countColumns',
      'length',
      length,
      `an integer from 1 to ${index.order}, the order of the index`,
    );
  }
  const { vocabulary } = index;
  const trie = countTrie(compactIndex(index), length);
  const own = trie.counts[length - 1]!;
  const words: string[][] = Array.from({ length }, () => []);
  const counts: number[] = [];
  forEachNgram(trie, length - 1, (ids, node) => {
    const count = length === 1 && node === sentenceBorder ? index.sentenceCount : own[node]!;
    if (count === 0) return;
    for (const [place, id] of ids.entries()) {
      const starts = id === sentenceBorder && place === 0 && length > 1;
      words[place]!.push(starts ? '<s>' : (vocabulary.tokenOf(id) ?? `‹unused ${id}›`));
    }
    counts.push(count);
  });
  return { words, counts: Int32Array.from(counts) };
}
