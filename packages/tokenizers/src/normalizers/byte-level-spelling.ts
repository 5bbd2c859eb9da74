import { spellBytes } from '../bytes/byte-alphabet';
import { encodeUtf8 } from '../bytes/utf8';
import type { AlignedText } from '../text/aligned-text';
import { mapCharacters } from '../text/map-characters';

const ascii = Array.from({ length: 128 }, (_, byte) => spellBytes([byte]));

/** Every character becomes its UTF-8 bytes as byte-level vocabularies spell them. */
export function spellByteLevel(source: AlignedText): AlignedText {
  return mapCharacters(
    source,
    (character) => ascii[character.charCodeAt(0)] ?? spellBytes(encodeUtf8(character)),
  );
}
