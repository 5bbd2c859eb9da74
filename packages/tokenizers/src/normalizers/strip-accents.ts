import { mapCharacters } from '../text/map-characters';
import type { Normalizer } from './normalizer';

/** Takes combining marks away; they are characters of their own behind `NFD` only. */
export const stripAccents: Normalizer = {
  type: 'StripAccents',
  normalize: (source) => removeMatching(source, /\p{M}/u),
};

/** Takes away every character that the pattern matches. */
export function removeMatching(source: Parameters<Normalizer['normalize']>[0], pattern: RegExp) {
  if (!pattern.test(source.text)) return source;
  return mapCharacters(source, (character) => (pattern.test(character) ? '' : character));
}
