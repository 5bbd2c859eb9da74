import { type CorpusOptions, createCorpusBuilder } from '../corpus/corpus-builder';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { createNgramIndex, type NgramIndexOptions } from '../index/create-ngram-index';
import type { NgramIndex } from '../index/ngram-index';

export function corpusOf(sentences: readonly (readonly string[])[], options?: CorpusOptions): NgramCorpus {
  const builder = createCorpusBuilder(options);
  for (const sentence of sentences) builder.addSentence(sentence);
  return builder.finish();
}

export function indexOf(sentences: readonly (readonly string[])[], options?: NgramIndexOptions): NgramIndex {
  return createNgramIndex(corpusOf(sentences), options);
}
