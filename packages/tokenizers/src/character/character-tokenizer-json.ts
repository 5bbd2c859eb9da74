import { readTokens, roleNames, roleTokensJson } from '../word/role-vocabulary';
import type { CharacterVocabulary } from './character-vocabulary';

/**
 * A character vocabulary as a `tokenizer.json` that Hugging Face's libraries load: the same ids; there, padding is
 * written out unless special tokens are skipped, and a text may name tokens with a role.
 */
export function characterTokenizerJson(vocabulary: CharacterVocabulary): Record<string, unknown> {
  const idOf = readTokens('characterTokenizerJson', vocabulary.tokens);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: roleTokensJson(roleNames(vocabulary), (token) => idOf.get(token)!),
    normalizer: null,
    pre_tokenizer: { type: 'Split', pattern: { Regex: '[\\s\\S]' }, behavior: 'Isolated', invert: false },
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: { type: 'WordLevel', vocab: Object.fromEntries(idOf), unk_token: vocabulary.unknown ?? '<unk>' },
  };
}
