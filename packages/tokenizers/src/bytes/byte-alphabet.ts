/**
 * The alphabet of byte-level vocabularies: one printable character for every byte. Printable Latin-1 bytes
 * stand for themselves, the other 68 for the characters from U+0100 on, in order (a space is `Ġ`).
 * Source: GPT-2's `bytes_to_unicode`.
 */
const characterOfByte: readonly string[] = (() => {
  const characters: string[] = [];
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    characters.push(String.fromCharCode(printable ? byte : next++));
  }
  return characters;
})();

const byteOfCharacter: Int16Array = (() => {
  const table = new Int16Array(0x100 + 68).fill(-1);
  characterOfByte.forEach((character, byte) => {
    table[character.charCodeAt(0)] = byte;
  });
  return table;
})();

/** Bytes as a byte-level vocabulary spells them. */
export function spellBytes(bytes: ArrayLike<number>): string {
  let spelling = '';
  for (let i = 0; i < bytes.length; i++) spelling += characterOfByte[bytes[i]!]!;
  return spelling;
}

/** The bytes a byte-level spelling stands for; `undefined` when a character is not of the alphabet. */
export function readSpelling(spelling: string): Uint8Array | undefined {
  const bytes = new Uint8Array(spelling.length);
  for (let i = 0; i < spelling.length; i++) {
    const byte = byteOfCharacter[spelling.charCodeAt(i)] ?? -1;
    if (byte < 0) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}
