const glyphs: Readonly<Record<string, string>> = { ' ': '␣', '\n': '⏎', '\t': '⇥' };

/** Controls, formats (zero width, direction), separators other than the plain space, lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u;

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/**
 * Makes a text fit to be shown on one line: ` ` → ␣, line feed → ⏎, tab → ⇥; every other character that
 * is invisible or steers a terminal → its code, e.g. `\x1B`, `\u{200B}`. A combining mark that has nothing
 * to stand on gets ◌.
 */
export function visibleText(text: string): string {
  const shown = Array.from(text, (character) => {
    if (!invisible.test(character)) return character;
    return glyphs[character] ?? escaped(character);
  }).join('');
  return /^\p{M}/u.test(shown) ? `◌${shown}` : shown;
}
