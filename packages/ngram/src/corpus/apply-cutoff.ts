import { firstToken, unknownToken } from '../vocabulary/ngram-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import type { NgramCorpus } from './ngram-corpus';

/**
 * Turns words seen fewer than `cutoff` times into `<unk>`; the others keep their order and close ranks.
 * @returns the corpus with a vocabulary of its own; `ids` is changed in place
 */
export function applyCutoff(
  corpus: NgramCorpus & { readonly vocabulary: WordVocabulary },
  cutoff: number,
): NgramCorpus {
  const { ids, vocabulary, sentenceCount } = corpus;
  const counts = new Int32Array(vocabulary.size);
  for (let i = 0; i < ids.length; i++) counts[ids[i]!]!++;
  const kept = new WordVocabulary();
  const { bytes, starts } = vocabulary.toData();
  const moved = counts.map((count, id) => {
    if (id < firstToken) return id;
    return count < cutoff ? unknownToken : kept.addBytes(bytes, starts[id]!, starts[id + 1]!);
  });
  for (let i = 0; i < ids.length; i++) ids[i] = moved[ids[i]!]!;
  return { ids, vocabulary: kept, sentenceCount };
}
