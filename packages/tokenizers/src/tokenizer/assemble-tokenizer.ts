import {
  checkOptionNames,
  type DecodeOptions,
  type EncodeOptions,
  type Encoding,
  NextTokenError,
  type PaddingSettings,
  type SpecialTokens,
  type TokenOffset,
  type TraceStep,
  type TruncationSettings,
} from '@nexttoken/model';
import { encodeUtf8 } from '../bytes/utf8';
import { createStreamDecoder, type DecodingVocabulary } from '../decoding/create-stream-decoder';
import { createIdsDecoder } from '../decoding/decode-ids';
import type { DecodingPlan } from '../decoding/decoding-stage';
import { checkWellFormed } from './check-well-formed';
import type { TokenVocabulary } from './token-vocabulary';
import type { TracingTokenizer } from './tracing-tokenizer';

/** Ids of a text; offsets are computed when they are asked for. */
interface EncodedText {
  /** An `Int32Array` is handed on as it is: nobody else may write to it. */
  readonly ids: Int32Array | readonly number[];
  offsets(): readonly TokenOffset[];
}

/** What the kinds of tokenizers differ in. */
export interface TokenizerParts {
  readonly kind: string;
  readonly vocabulary: TokenVocabulary;
  readonly specialIds: ReadonlySet<number>;
  readonly specialTokens: SpecialTokens;
  readonly truncation?: TruncationSettings | undefined;
  readonly padding?: PaddingSettings | undefined;
  readonly plans: readonly DecodingPlan[];
  readonly cleanUpSpaces: boolean;
  /** @param text well-formed: no lone surrogates */
  encode(text: string, addSpecialTokens: boolean): EncodedText;
  /** All steps from the text to the ids. */
  trace(text: string, addSpecialTokens: boolean): { ids: ArrayLike<number>; steps: readonly TraceStep[] };
}

const encodeOptions = ['addSpecialTokens', 'illFormed'];
const decodeOptions = ['skipSpecialTokens', 'cleanUpSpaces'];

/** Makes the one face of all kinds out of what they differ in. */
export function assembleTokenizer(parts: TokenizerParts): TracingTokenizer {
  const { kind, specialIds, plans } = parts;
  const { size, tokenOf, idOf } = parts.vocabulary;
  const vocabulary: DecodingVocabulary = {
    requireToken(id) {
      const token = tokenOf(id);
      if (token !== undefined) return token;
      const details = { id, vocabSize: size };
      throw new NextTokenError('invalid-token-id', `the vocabulary has no token ${id}`, details);
    },
    isSpecial: (id) => specialIds.has(id),
    plans,
    cleanUpSpaces: parts.cleanUpSpaces,
  };
  const decodeIds = createIdsDecoder(vocabulary);
  const checked = (options: DecodeOptions = {}) => {
    checkOptionNames('decode', options, decodeOptions);
    return options;
  };
  const read = (text: string, options: EncodeOptions) => {
    checkOptionNames('encode', options, encodeOptions);
    return [checkWellFormed(text, options.illFormed), options.addSpecialTokens ?? true] as const;
  };
  return {
    kind,
    vocabSize: size,
    specialTokens: parts.specialTokens,
    ...(parts.truncation && { truncation: parts.truncation }),
    ...(parts.padding && { padding: parts.padding }),
    encode: (text, options = {}) =>
      lazyEncoding(parts.encode(...read(text, options)), vocabulary.requireToken),
    decode: (ids, options) => decodeIds(ids, checked(options)),
    tokenOf,
    idOf,
    bytesOf(id) {
      const token = tokenOf(id);
      if (token === undefined) return undefined;
      return specialIds.has(id) ? encodeUtf8(token) : bytesInText(token, plans);
    },
    isSpecial: vocabulary.isSpecial,
    createStreamDecoder: (options) => createStreamDecoder(vocabulary, checked(options)),
    trace(text, options = {}) {
      const [wellFormed, addSpecialTokens] = read(text, options);
      const { ids, steps } = parts.trace(wellFormed, addSpecialTokens);
      return { text: wellFormed, steps, ids: Array.from(ids) };
    },
  };
}

/** Tokens and offsets are made on first use: most callers want the ids alone. */
function lazyEncoding(encoded: EncodedText, tokenOf: (id: number) => string): Encoding {
  const ids = encoded.ids instanceof Int32Array ? encoded.ids : Int32Array.from(encoded.ids);
  let tokens: readonly string[] | undefined;
  let offsets: readonly TokenOffset[] | undefined;
  return {
    ids,
    get tokens() {
      tokens ??= Array.from(ids, tokenOf);
      return tokens;
    },
    get offsets() {
      offsets ??= encoded.offsets();
      return offsets;
    },
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
