import { NextTokenError } from '@nexttoken/model';
import { mergeSymbols, type PairTable } from '../bpe/merge-symbols';
import { cacheWords } from '../bpe/word-cache';
import { encodeUtf8 } from '../bytes/utf8';
import { readBytePairs } from './read-byte-pairs';
import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';
import type { SubwordModel } from './subword-model';

/**
 * The BPE model of tokenizer.json: a word's characters (with prefix, suffix, byte fallback and unknown token as
 * the file says), then merges by rank. Cost O(n log n) in the word's length.
 */
export function bytePairModel(model: JsonPart, vocabulary: ModelVocabulary): SubwordModel {
  if ((model.value.dropout ?? 0) !== 0) {
    const details = { option: 'dropout', path: 'tokenizer.json', value: model.value.dropout };
    throw new NextTokenError('unsupported-option', 'tokenizer.json: model.dropout is not supported', details);
  }
  const prefix = model.string('continuing_subword_prefix', '');
  const suffix = model.string('end_of_word_suffix', '');
  const wholeWords = model.flag('ignore_merges', false);
  const table: PairTable = readBytePairs(model, vocabulary, prefix);
  const firstSymbols = symbolReader(model, vocabulary);

  const encodeWord = cacheWords((word) => {
    const whole = wholeWords ? vocabulary.idOf.get(word) : undefined;
    if (whole !== undefined) return [whole];
    const characters = Array.from(word, (character, index) => (index === 0 ? character : prefix + character));
    if (characters.length > 0) characters[characters.length - 1] += suffix;
    return mergeSymbols(firstSymbols(characters), table);
  });
  return {
    encode(words) {
      if (words.length === 1) return encodeWord(words[0]!);
      const ids: number[] = [];
      for (const word of words) for (const id of encodeWord(word)) ids.push(id);
      return ids;
    },
  };
}

/** Characters to the ids that merging starts from. */
function symbolReader(
  model: JsonPart,
  vocabulary: ModelVocabulary,
): (characters: readonly string[]) => number[] {
  const { idOf } = vocabulary;
  const fallback = model.flag('byte_fallback', false);
  const fuse = model.flag('fuse_unk', false);
  const unknownToken = model.string('unk_token', '');
  const unknown = unknownToken === '' ? undefined : idOf.get(unknownToken);
  const idsOfBytes = (character: string): number[] | undefined => {
    const ids: number[] = [];
    for (const byte of encodeUtf8(character)) {
      const id = idOf.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
      if (id === undefined) return undefined;
      ids.push(id);
    }
    return ids;
  };
  return (characters) => {
    const ids: number[] = [];
    let afterUnknown = false;
    for (const character of characters) {
      const id = idOf.get(character);
      const bytes = id === undefined && fallback ? idsOfBytes(character) : undefined;
      if (id !== undefined) ids.push(id);
      else if (bytes !== undefined) ids.push(...bytes);
      else if (unknown !== undefined && !(fuse && afterUnknown)) ids.push(unknown);
      afterUnknown = id === undefined && bytes === undefined;
    }
    return ids;
  };
}
