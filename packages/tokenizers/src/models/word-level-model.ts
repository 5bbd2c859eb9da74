import { utf8Length } from '../bytes/utf8';
import { pushInt } from '../text/int-buffer';
import { encodeFailed } from './encode-failed';
import type { WordModel } from './word-model';

/**
 * A word is a token, or unknown.
 * @param unknown `undefined`: an unknown word is an error
 */
export function wordLevelModel(idOf: ReadonlyMap<string, number>, unknown: number | undefined): WordModel {
  return {
    type: 'WordLevel',
    encode(text, start, end, ids, lengths) {
      const word = text.slice(start, end);
      const id = idOf.get(word) ?? unknown;
      if (id === undefined) throw encodeFailed(word, 'WordLevel');
      pushInt(ids, id);
      if (lengths) pushInt(lengths, utf8Length(word));
    },
    explain: () => ({}),
  };
}
