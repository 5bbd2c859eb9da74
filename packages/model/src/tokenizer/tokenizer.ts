import type { StreamDecoder } from './stream-decoder';

export interface EncodeOptions {
  /** Whether the tokenizer's post-processor adds its special tokens (e.g. `<s>`); default true. */
  readonly addSpecialTokens?: boolean;
}

/** Half-open range `[start, end)` of the text that a token stands for, in UTF-16 code units. */
export type TokenOffset = readonly [start: number, end: number];

export interface Encoding {
  /** Token ids, shape `[length]`. */
  readonly ids: Int32Array;
  /** The tokens as the vocabulary spells them, e.g. `ĠParis`. */
  readonly tokens: readonly string[];
  /** Only kinds that know them have offsets. */
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
}
