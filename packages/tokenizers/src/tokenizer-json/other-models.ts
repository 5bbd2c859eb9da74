import type { Model } from '@huggingface/tokenizers';
import { NextTokenError } from '@nexttoken/model';
import { encodeUtf8 } from '../bytes/utf8';
import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';
import type { SubwordModel } from './subword-model';

/** WordLevel: a word is a token, or unknown. */
export function wordLevelModel(config: JsonPart, vocabulary: ModelVocabulary): SubwordModel {
  const unknown = vocabulary.idOf.get(config.string('unk_token', ''));
  return {
    encode: (words) => words.map((word) => vocabulary.idOf.get(word) ?? unknown ?? fail(word, 'WordLevel')),
  };
}

/**
 * WordPiece and Unigram, as `@huggingface/tokenizers` has them. Its Unigram cannot take a single word of more
 * than about 100,000 tokens: `encode-failed`.
 */
export function libraryModel(
  model: InstanceType<typeof Model>,
  config: JsonPart,
  vocabulary: ModelVocabulary,
): SubwordModel {
  const kind = String(config.value.type);
  const fallback = config.flag('byte_fallback', false);
  const idsOf = (token: string): readonly number[] => {
    const id = vocabulary.idOf.get(token);
    if (id !== undefined) return [id];
    const spelled = fallback
      ? [...encodeUtf8(token)].map(byteToken).map((name) => vocabulary.idOf.get(name))
      : [];
    if (spelled.length > 0 && spelled.every((byte) => byte !== undefined)) return spelled;
    return [model.unk_token_id ?? fail(token, kind)];
  };
  return {
    encode(words) {
      const ids: number[] = [];
      for (const word of words) {
        const tokens = segment(model, word, kind);
        for (const token of tokens) ids.push(...idsOf(token));
      }
      return ids;
    },
  };
}

function segment(model: InstanceType<typeof Model>, word: string, kind: string): string[] {
  try {
    return model._call([word]);
  } catch (cause) {
    const details = { text: word.slice(0, 80), length: word.length, kind };
    throw new NextTokenError(
      'encode-failed',
      `${kind} cannot encode a word of ${word.length} units`,
      details,
      { cause },
    );
  }
}

function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

function fail(text: string, kind: string): never {
  throw new NextTokenError('encode-failed', `${kind} has no token for ${JSON.stringify(text)}`, {
    text,
    kind,
  });
}
