import {
  type DecodeOptions,
  NextTokenError,
  type SpecialTokens,
  type Tokenizer,
  type TokenOffset,
} from '@nexttoken/model';
import { encodeUtf8, replaceLoneSurrogates } from '../bytes/utf8';
import { createStreamDecoder, type DecodingVocabulary } from '../decoding/create-stream-decoder';
import type { DecodingPlan } from '../decoding/decoding-stage';

/** What the kinds of tokenizers differ in. */
export interface TokenizerParts {
  readonly kind: string;
  /** Token by id, sparse where ids are unused. */
  readonly tokens: readonly (string | undefined)[];
  readonly idOf: ReadonlyMap<string, number>;
  readonly specialIds: ReadonlySet<number>;
  readonly specialTokens: SpecialTokens;
  readonly plans: readonly DecodingPlan[];
  readonly cleanUpSpaces: boolean;
  /** @param text well-formed: no lone surrogates */
  encode(
    text: string,
    addSpecialTokens: boolean,
  ): { ids: readonly number[]; offsets?: readonly TokenOffset[] };
}

/** Makes the one face of all kinds out of what they differ in. */
export function assembleTokenizer(parts: TokenizerParts): Tokenizer {
  const { kind, tokens, specialIds, plans } = parts;
  const vocabulary: DecodingVocabulary = {
    requireToken(id) {
      const token = tokens[id];
      if (token !== undefined) return token;
      const details = { id, vocabSize: tokens.length };
      throw new NextTokenError('invalid-token-id', `the vocabulary has no token ${id}`, details);
    },
    isSpecial: (id) => specialIds.has(id),
    plans,
    cleanUpSpaces: parts.cleanUpSpaces,
  };
  const stream = (options?: DecodeOptions) => createStreamDecoder(vocabulary, options);
  return {
    kind,
    vocabSize: tokens.length,
    specialTokens: parts.specialTokens,
    encode(text, { addSpecialTokens = true } = {}) {
      const { ids, offsets } = parts.encode(replaceLoneSurrogates(text), addSpecialTokens);
      const encoding = { ids: Int32Array.from(ids), tokens: ids.map(vocabulary.requireToken) };
      return offsets === undefined ? encoding : { ...encoding, offsets };
    },
    decode(ids, options) {
      const decoder = stream(options);
      const pieces: string[] = [];
      for (let i = 0; i < ids.length; i++) pieces.push(decoder.push(ids[i]!));
      pieces.push(decoder.flush());
      return pieces.join('');
    },
    tokenOf: (id) => tokens[id],
    idOf: (token) => parts.idOf.get(token),
    bytesOf(id) {
      const token = tokens[id];
      if (token === undefined) return undefined;
      return specialIds.has(id) ? encodeUtf8(token) : bytesInText(token, plans);
    },
    isSpecial: (id) => specialIds.has(id),
    createStreamDecoder: stream,
  };
}

/** The bytes a token adds in the middle of a text. */
function bytesInText(token: string, plans: readonly DecodingPlan[]): Uint8Array {
  let value: string | Uint8Array = token;
  for (const plan of plans) {
    if (typeof value === 'string' && plan.middle !== undefined) value = plan.middle(value);
  }
  return typeof value === 'string' ? encodeUtf8(value) : value;
}
