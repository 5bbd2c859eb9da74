import { mapCharacters } from '../text/map-characters';
import type { Normalizer } from './normalizer';

/** Control characters that are neither tab nor line break. */
const removed = '\u000b\u007f\u008f\u009f';
const spaces = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/;

/** SentencePiece's rules for translation: control characters go, odd spaces become spaces. */
export const nmt: Normalizer = {
  type: 'Nmt',
  normalize: (source) =>
    mapCharacters(source, (character) => {
      if (isRemoved(character)) return '';
      return spaces.test(character) ? ' ' : character;
    }),
};

function isRemoved(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code >= 1 && code <= 8) || (code >= 14 && code <= 31) || removed.includes(character);
}
