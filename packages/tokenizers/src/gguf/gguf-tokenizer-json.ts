import { readGgufVocabulary } from './gguf-vocabulary';
import { tokenizerJsonFromGguf } from './tokenizer-json-from-gguf';

/**
 * What GGUF metadata says, as a whole tokenizer.json: with every field that Hugging Face's `tokenizers` asks for, so that
 * other libraries load it too.
 *
 * @param metadata the file's key-value pairs by their full names
 * @throws NextTokenError as `tokenizerFromGguf`
 */
export function ggufTokenizerJson(metadata: unknown): Record<string, unknown> {
  const vocabulary = readGgufVocabulary(metadata);
  const {
    added_tokens,
    normalizer = null,
    post_processor,
    model,
    ...rest
  } = tokenizerJsonFromGguf(vocabulary) as unknown as Parts;
  const flags = { single_word: false, lstrip: false, rstrip: false };
  const pair = { Sequence: { id: 'B', type_id: 1 } };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added_tokens.map((token) => ({ ...token, ...flags })),
    normalizer,
    pre_tokenizer: null,
    post_processor: post_processor && { ...post_processor, pair: [...post_processor.single, pair] },
    ...rest,
    model: {
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ...model,
    },
  };
}

interface Parts {
  readonly added_tokens: readonly object[];
  readonly normalizer?: object;
  readonly post_processor: { readonly single: readonly object[] } | null;
  readonly model: object;
}
