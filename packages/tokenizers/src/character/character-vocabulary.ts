import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { compareCodePoints } from '../word/compare-code-points';
import { type RoleNames, roleNames } from '../word/role-vocabulary';

/** Everything a character tokenizer is, as plain data: to be stored as JSON and given to `characterTokenizer` again. */
export interface CharacterVocabulary extends RoleNames {
  readonly kind: 'character';
  /** Token by id: tokens with a role, then single characters (code points), each one once. */
  readonly tokens: readonly string[];
}

/** Where the characters come from: an alphabet, whose order stays, or a text, whose characters are sorted. */
export type CharacterSource = { readonly alphabet: string } | { readonly text: string };

/**
 * The vocabulary of a character tokenizer, of an alphabet given or a text's own.
 * @throws NextTokenError `invalid-parameter` for a character that an alphabet names twice; `unsupported-option`
 * Cost: O(text).
 */
export function characterVocabulary(source: CharacterSource & RoleNames): CharacterVocabulary {
  const owner = 'characterVocabulary';
  checkOptionNames(owner, source, ['alphabet', 'text', 'pad', 'unknown']);
  const { alphabet, text } = source as { alphabet?: unknown; text?: unknown };
  const given = alphabet ?? text;
  if (typeof given !== 'string' || (alphabet !== undefined && text !== undefined)) {
    throw invalidParameter(
      owner,
      alphabet === undefined ? 'text' : 'alphabet',
      given,
      'one string, alphabet or text',
    );
  }
  const characters = [...new Set(given)];
  if (alphabet === undefined) characters.sort(compareCodePoints);
  else if (characters.length !== Array.from(given).length) {
    throw invalidParameter(owner, 'alphabet', given, 'made of characters that occur once');
  }
  const { pad, unknown } = source;
  return {
    kind: 'character',
    tokens: [...roleNames(source), ...characters],
    ...(pad !== undefined && { pad }),
    ...(unknown !== undefined && { unknown }),
  };
}
