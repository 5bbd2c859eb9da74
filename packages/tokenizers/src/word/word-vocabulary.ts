import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { compareCodePoints } from './compare-code-points';
import { type RoleNames, roleNames } from './role-vocabulary';
import { wordSpans } from './word-spans';

/** Everything a word tokenizer is, as plain data: to be stored as JSON and given to `wordTokenizer` again. */
export interface WordVocabulary extends RoleNames {
  readonly kind: 'word';
  /** Token by id, each one once. */
  readonly tokens: readonly string[];
  /** Whether words are looked up in lower case. */
  readonly lowercase: boolean;
}

export interface WordVocabularyOptions extends RoleNames {
  /** Whether words are put in lower case; default false. */
  readonly lowercase?: boolean;
  /** A word must occur this often to be kept; an integer of at least 1, the default. */
  readonly minFrequency?: number;
}

/**
 * Takes the vocabulary of a word tokenizer from texts: their different words (what stands between white space),
 * sorted by code points, behind the tokens with a role.
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 * Cost: O(corpus) plus sorting the different words.
 */
export function wordVocabulary(
  corpus: Iterable<string>,
  options: WordVocabularyOptions = {},
): WordVocabulary {
  checkOptionNames('wordVocabulary', options, ['lowercase', 'unknown', 'pad', 'minFrequency']);
  const { lowercase = false, minFrequency = 1 } = options;
  if (!Number.isSafeInteger(minFrequency) || minFrequency < 1) {
    throw invalidParameter('wordVocabulary', 'minFrequency', minFrequency, 'an integer of at least 1');
  }
  const counts = new Map<string, number>();
  for (const text of typeof corpus === 'string' ? [corpus as string] : corpus) {
    for (const [start, end] of wordSpans(text)) {
      const word = text.slice(start, end);
      const token = lowercase ? word.toLowerCase() : word;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
  }
  const roles = roleNames(options);
  const words = [...counts].filter(([, count]) => count >= minFrequency).map(([word]) => word);
  const kept = words.filter((word) => !roles.includes(word)).sort(compareCodePoints);
  return {
    kind: 'word',
    tokens: [...roles, ...kept],
    lowercase,
    ...(options.pad !== undefined && { pad: options.pad }),
    ...(options.unknown !== undefined && { unknown: options.unknown }),
  };
}
