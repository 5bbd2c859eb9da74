import type { Tokenizer } from '@nexttoken/model';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { readGgufVocabulary } from './gguf-vocabulary';
import { configOf } from './tokenizer-config-from-gguf';
import { tokenizerJsonFromGguf } from './tokenizer-json-from-gguf';

/**
 * Makes a tokenizer from the metadata of a GGUF file: `tokenizer.ggml.model` `gpt2` (byte-level BPE, cut as
 * `tokenizer.ggml.pre` names it) or `llama` (SentencePiece BPE by scores).
 *
 * @param metadata the file's key-value pairs by their full names; lists may be plain or typed arrays
 * @throws NextTokenError `invalid-file` naming the key; `unsupported-option` for a model or a pre-tokenizer
 *   that is not known here
 * Source: the GGUF specification and llama.cpp's vocabulary types. Cost: O(vocabulary) to make.
 */
export function tokenizerFromGguf(metadata: unknown): Tokenizer {
  const vocabulary = readGgufVocabulary(metadata);
  return { ...tokenizerFromJson(tokenizerJsonFromGguf(vocabulary), configOf(vocabulary)), kind: 'gguf' };
}
