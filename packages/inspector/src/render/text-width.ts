const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian Wide and Fullwidth ranges (UAX #11), joined over gaps of unassigned characters; emoji are apart. */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x3fffd],
];

/** Marks, controls and formats; vowels and finals of Korean syllables that are spelt letter by letter. */
const zeroWidth = /[\p{M}\p{Cc}\p{Cf}\u1160-\u11ff]/u;
const emoji = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;

function characterWidth(character: string): number {
  if (zeroWidth.test(character)) return 0;
  const code = character.codePointAt(0)!;
  return wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** An emoji is one picture, however many characters it is made of; all else adds up. */
function graphemeWidth(grapheme: string): number {
  if (emoji.test(grapheme)) return 2;
  return Array.from(grapheme, characterWidth).reduce((sum, width) => sum + width, 0);
}

/** Cells that a text takes in a terminal: wide characters and emoji 2, combining marks 0, all else 1. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The longest beginning that fits into `width` cells; where something is cut, it ends with `…`. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let fitting = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width) break;
    fitting += segment;
  }
  return width < 1 ? '' : `${fitting}…`;
}
