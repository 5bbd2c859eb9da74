import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { bytePairModel } from './byte-pair-model';
import { libraryModel, wordLevelModel } from './other-models';
import { preTokenizerConfig } from './pre-tokenizer-config';
import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';
import type { SubwordModel } from './subword-model';

/** Text to normalized text to words to ids. */
export interface TextPipeline {
  normalize(text: string): string;
  /** @param atStart whether the text begins the whole text */
  words(text: string, atStart: boolean): readonly string[];
  readonly model: SubwordModel;
}

const ownModels: Readonly<Record<string, typeof bytePairModel>> = {
  BPE: bytePairModel,
  WordLevel: wordLevelModel,
};

/** Normalizers, pre-tokenizers, WordPiece and Unigram are those of `@huggingface/tokenizers`. */
export function readTextPipeline(file: JsonPart, vocabulary: ModelVocabulary): TextPipeline {
  const model = file.part('model');
  const type = typeof model.value.type === 'string' ? model.value.type : guessType(model);
  const own = ownModels[type];
  const preTokenizer = file.optionalPart('pre_tokenizer');
  const description = {
    normalizer: file.optionalPart('normalizer')?.value ?? null,
    pre_tokenizer: preTokenizer === undefined ? null : preTokenizerConfig(preTokenizer),
    model: own === undefined ? { ...model.value, type } : { type: 'BPE', vocab: {}, merges: [] },
    added_tokens: [],
    post_processor: null,
    decoder: null,
  };
  const library = construct(file, description);
  return {
    normalize: (text) => library.normalizer?.normalize(text) ?? text,
    words(text, atStart) {
      if (text === '') return [];
      return library.pre_tokenizer?.pre_tokenize(text, { section_index: atStart ? 0 : 1 }) ?? [text];
    },
    model: own?.(model, vocabulary) ?? libraryModel(library.model!, model, vocabulary),
  };
}

function construct(file: JsonPart, description: object): LibraryTokenizer {
  try {
    return new LibraryTokenizer(description, {});
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw file.error('', `cannot be used: ${reason}`);
  }
}

/** Files written before the type was noted. */
function guessType(model: JsonPart): string {
  if (Array.isArray(model.value.vocab)) return 'Unigram';
  if (Array.isArray(model.value.merges)) return 'BPE';
  return typeof model.value.continuing_subword_prefix === 'string' ? 'WordPiece' : 'WordLevel';
}
