import { checkOptionNames, invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { checkTokenIds } from '../parameters/check-token-ids';
import { checkIdsInRow } from '../row/check-ids-in-row';
import { endsWith } from '../row/ends-with';

export interface BadWordsOptions {
  /** Tokens that end a text: a "word" of one of these alone is not banned. Default: none. */
  readonly endTokenIds?: ArrayLike<number>;
}

/**
 * Bans sequences of tokens: removes the last token of each one whose other tokens the row ends with. A word
 * of one token is removed always.
 *
 * @param words sequences of ids, integers >= 0; at least one, none of them empty
 * @param options `endTokenIds`: a word that is nothing but one of these is left alone
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; when it runs, `invalid-token-id` for an
 *   id beyond the row
 *
 * Cost: about one comparison for each word. Source: Hugging Face `NoBadWordsLogitsProcessor`.
 */
export function badWords(
  words: readonly ArrayLike<number>[],
  options: BadWordsOptions = {},
): LogitsProcessor {
  if (!Array.isArray(words) || words.length === 0) {
    throw invalidParameter('badWords', 'words', words, 'a list of sequences of token ids, not empty');
  }
  checkOptionNames('badWords', options, ['endTokenIds']);
  const sequences = words.map((word, i) => checkTokenIds('badWords', `words[${i}]`, word, 1));
  const endTokenIds = checkTokenIds('badWords', 'endTokenIds', options.endTokenIds ?? []);
  const banned = sequences.filter(({ length, 0: first }) => length > 1 || !endTokenIds.includes(first!));
  const allIds = banned.flat();
  return {
    kind: 'processor',
    type: 'badWords',
    parameters: { words: sequences, endTokenIds },
    process(scores, { ids }) {
      checkIdsInRow('badWords', allIds, scores);
      for (const sequence of banned) {
        const prefixLength = sequence.length - 1;
        if (endsWith(ids, sequence, prefixLength)) scores[sequence[prefixLength]!] = Number.NEGATIVE_INFINITY;
      }
    },
  };
}
