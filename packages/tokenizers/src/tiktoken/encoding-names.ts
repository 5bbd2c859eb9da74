import { NextTokenError } from '@nexttoken/model';
import modelToEncoding from 'tiktoken/model_to_encoding.json';

/** What an encoding consists of, as the package `tiktoken` stores it. */
export interface EncodingData {
  /** Lines of `name first-rank token token …`, tokens in base64. */
  readonly bpe_ranks: string;
  readonly special_tokens: Readonly<Record<string, number>>;
  readonly pat_str: string;
}

/** Names of tiktoken's encodings. */
export type TiktokenEncoding =
  | 'gpt2'
  | 'r50k_base'
  | 'p50k_base'
  | 'p50k_edit'
  | 'cl100k_base'
  | 'o200k_base';

/** One import each, so that a bundler makes each table a file of its own. */
const loaders: Readonly<Record<TiktokenEncoding, () => Promise<{ readonly default: EncodingData }>>> = {
  gpt2: () => import('tiktoken/encoders/gpt2'),
  r50k_base: () => import('tiktoken/encoders/r50k_base'),
  p50k_base: () => import('tiktoken/encoders/p50k_base'),
  p50k_edit: () => import('tiktoken/encoders/p50k_edit'),
  cl100k_base: () => import('tiktoken/encoders/cl100k_base'),
  o200k_base: () => import('tiktoken/encoders/o200k_base'),
};

/**
 * The encoding's name for an encoding or an OpenAI model.
 * @throws NextTokenError `invalid-parameter` for any other name
 */
export function encodingOf(name: string): TiktokenEncoding {
  const table: Readonly<Record<string, string>> = modelToEncoding;
  const encoding = Object.hasOwn(table, name) ? table[name]! : name;
  if (Object.hasOwn(loaders, encoding)) return encoding as TiktokenEncoding;
  const expected = `one of ${Object.keys(loaders).join(', ')}, or the name of an OpenAI model`;
  const message = `tiktokenTokenizer: name must be ${expected}, got ${JSON.stringify(name)}`;
  const details = { owner: 'tiktokenTokenizer', parameter: 'name', value: name, expected };
  throw new NextTokenError('invalid-parameter', message, details);
}

export async function loadEncoding(encoding: TiktokenEncoding): Promise<EncodingData> {
  return (await loaders[encoding]()).default;
}
