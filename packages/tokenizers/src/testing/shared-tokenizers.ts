import { readSharedJson } from '@nexttoken/goldens';
import type { Tokenizer } from '@nexttoken/model';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';

export const sharedTokenizerNames = ['gpt2', 'mistral-7b-v0.1', 'qwen2.5', 'smollm2', 'stories260k'] as const;
export type SharedTokenizerName = (typeof sharedTokenizerNames)[number];

const made = new Map<string, Tokenizer>();

/** A real tokenizer, made once for all tests of a file. */
export function sharedTokenizer(name: SharedTokenizerName): Tokenizer {
  let tokenizer = made.get(name);
  if (tokenizer === undefined) {
    const folder = name === 'stories260k' ? 'data/models' : 'data/tokenizers';
    tokenizer = tokenizerFromJson(readSharedJson(`${folder}/${name}/tokenizer.json`));
    made.set(name, tokenizer);
  }
  return tokenizer;
}
