import type { EncodeOptions, TokenizationTrace, Tokenizer } from '@nexttoken/model';

/** A tokenizer that tells its steps, as all of this package do. */
export interface TracingTokenizer extends Tokenizer {
  trace(text: string, options?: EncodeOptions): TokenizationTrace;
}
