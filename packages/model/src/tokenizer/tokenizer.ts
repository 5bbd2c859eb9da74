import type { PaddingSettings, TruncationSettings } from './batch-settings';
import type { StreamDecoder } from './stream-decoder';
import type { TokenOffset } from './token-offset';
import type { TokenizationTrace } from './tokenization-trace';

export interface EncodeOptions {
  /** Whether the tokenizer's post-processor adds its special tokens (e.g. `<s>`); default true. */
  readonly addSpecialTokens?: boolean;
  /**
   * What happens to halves of surrogate pairs that stand alone, which have no form in UTF-8: `error` (default)
   * throws, `replace` takes each for U+FFFD.
   */
  readonly illFormed?: 'error' | 'replace';
}

export interface Encoding {
  /** Token ids, shape `[length]`. */
  readonly ids: Int32Array;
  /** The tokens as the vocabulary spells them, e.g. `ĠParis`. */
  readonly tokens: readonly string[];
  /** Only kinds that know them have offsets. Special tokens around a text have `[0, 0]`. */
  readonly offsets?: readonly TokenOffset[];
}

export interface DecodeOptions {
  /** Whether special tokens are left out; default false. */
  readonly skipSpecialTokens?: boolean;
  /** Whether spaces before punctuation are removed; default: as the tokenizer's own files say. */
  readonly cleanUpSpaces?: boolean;
}

/** Ids of the tokens with a role; a model's generation config may name more ends. */
export interface SpecialTokens {
  readonly bos?: number;
  readonly eos?: number;
  readonly pad?: number;
  readonly unknown?: number;
}

/** Text to token ids and back, one face over every kind. */
export interface Tokenizer {
  /** How it cuts, e.g. `tokenizer.json`, `tiktoken`, `word`. */
  readonly kind: string;
  /** Highest id + 1, added tokens included. */
  readonly vocabSize: number;
  readonly specialTokens: SpecialTokens;
  /** What its own files say about cutting long texts and filling short ones; absent where they say nothing. */
  readonly truncation?: TruncationSettings;
  readonly padding?: PaddingSettings;
  /** @throws NextTokenError `encode-failed` for a text that is not well-formed (see `illFormed`) or has no tokens */
  encode(text: string, options?: EncodeOptions): Encoding;
  /** @throws NextTokenError `invalid-token-id` for an id the vocabulary does not have */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
  /** The token as the vocabulary spells it; `undefined` for an unused id. */
  tokenOf(id: number): string | undefined;
  idOf(token: string): number | undefined;
  /** The bytes that the token adds to a text; `undefined` for an unused id. Special tokens: their name. */
  bytesOf(id: number): Uint8Array | undefined;
  isSpecial(id: number): boolean;
  createStreamDecoder(options?: DecodeOptions): StreamDecoder;
  /** Encodes and tells every step. Kinds that cannot tell their steps lack it. */
  trace?(text: string, options?: EncodeOptions): TokenizationTrace;
}
