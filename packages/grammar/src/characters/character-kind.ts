/** Characters that grammars seldom tell apart, one kind a line; those that begin or end something are kinds of their own. */
const listed = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  ' ',
  '"',
  '\\',
  '-',
  '_',
  '.',
  ',',
  "'",
  '/',
  ':',
  ';',
  '@',
  '<',
  '>',
  '{}',
  '[]',
  '()',
  '!?',
  '+*=',
  '#$%&^~|`',
  '\n',
  '\r\t',
];

/** How many kinds of ASCII characters there are: the bits 0 up to this. */
export const asciiKinds: number = listed.length + 1;
/** The bit of all characters beyond ASCII. */
export const beyondAscii: number = 1 << asciiKinds;
/** The bit of bytes that are no whole character. */
export const brokenCharacter: number = 1 << (asciiKinds + 1);

/** The kind of each ASCII character, from 0 on; the last one: other controls. */
export const asciiKindOf: Uint8Array = new Uint8Array(0x80).fill(listed.length);
for (const [kind, characters] of listed.entries()) {
  for (const character of characters) asciiKindOf[character.charCodeAt(0)] = kind;
}
