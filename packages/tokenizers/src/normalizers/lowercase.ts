import { mapCharacters } from '../text/map-characters';
import type { Normalizer } from './normalizer';

/** Every character by itself, so that a sigma at a word's end becomes σ, as in Rust. */
export const lowercase: Normalizer = {
  type: 'Lowercase',
  normalize: (source) =>
    source.text.toLowerCase() === source.text
      ? source
      : mapCharacters(source, (character) => character.toLowerCase()),
};
