import { invalidParameter } from '@nexttoken/model';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { checkCorpusLength } from '../corpus/token-buffer';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import { joinShards } from './compact-index';
import { createShard } from './create-ngram-index';
import { NgramIndex } from './ngram-index';

/**
 * An index with more text: the new text is sorted as a shard of its own, and shards that are not much larger are joined with
 * it, so that there are never more than some log2 of the text's length. The old index stays usable.
 *
 * @param corpus made with the vocabulary of the index (`createCorpusBuilder({ vocabulary })`), or its tokenizer
 * @throws NextTokenError `invalid-parameter` for a corpus of another vocabulary; 2^31 tokens together
 *
 * Cost: each token is sorted again some log2 times over all additions.
 */
export function extendIndex(index: NgramIndex, corpus: NgramCorpus): NgramIndex {
  const { order } = index;
  const { vocabulary } = corpus;
  if (!goesOn(index.vocabulary, vocabulary)) {
    throw invalidParameter(
      'extendIndex',
      'corpus.vocabulary',
      vocabulary.kind,
      'that of the index, perhaps with more words',
    );
  }
  checkCorpusLength(
    corpus.ids.length + index.shards.reduce((sum, { ids }) => sum + ids.length, 0),
    'extendIndex',
  );
  const older = [...index.shards];
  const joined = [];
  let size = corpus.ids.length;
  while (older.length > 0 && older.at(-1)!.ids.length < 2 * size) {
    joined.unshift(older.pop()!);
    size += joined[0]!.ids.length;
  }
  const text = joined.length === 0 ? corpus : joinTexts(joinShards(joined, index), corpus);
  return new NgramIndex([...older, createShard(text, { order })], vocabulary, order);
}

function goesOn(old: NgramVocabulary, vocabulary: NgramVocabulary): boolean {
  if (old instanceof WordVocabulary)
    return vocabulary instanceof WordVocabulary && vocabulary.beginsWith(old);
  return vocabulary.kind === 'tokenizer' && vocabulary.size === old.size;
}

function joinTexts(first: NgramCorpus, second: NgramCorpus): NgramCorpus {
  const ids = new Int32Array(first.ids.length + second.ids.length - 1);
  ids.set(first.ids);
  ids.set(second.ids, first.ids.length - 1);
  return { ids, vocabulary: second.vocabulary, sentenceCount: first.sentenceCount + second.sentenceCount };
}
