import { readTokens, roleNames, roleTokensJson } from './role-vocabulary';
import type { WordVocabulary } from './word-vocabulary';

/**
 * A word vocabulary as a `tokenizer.json` that Hugging Face's libraries load: the same ids; there, padding is
 * written out unless special tokens are skipped.
 */
export function wordTokenizerJson(vocabulary: WordVocabulary): Record<string, unknown> {
  const idOf = readTokens('wordTokenizerJson', vocabulary.tokens);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: roleTokensJson(roleNames(vocabulary), (token) => idOf.get(token)!),
    normalizer: vocabulary.lowercase ? { type: 'Lowercase' } : null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(idOf),
      // A name that is no token: unknown words are an error there as well.
      unk_token: vocabulary.unknown ?? '<unk>',
    },
  };
}
