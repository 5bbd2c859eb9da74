/** A sentence of prose with a space behind it. */
export const longProse = 'The quick brown fox, aged 12½, jumps over the lazy dog’s den — again. ';

/** What long texts are filled with: none has a line break, and most of them no border at all. */
export const longKinds: Readonly<Record<string, string>> = {
  'one letter': 'a',
  'a single line of prose': longProse,
  'one capital': 'A',
  spaces: ' ',
  'spaces and a word': '          a',
  NUL: '\0',
  'Chinese without a mark': '我们在这里学习语言模型',
  'one emoji': '👩‍👩‍👧',
  'marks out of order': '\u0301\u0323',
  apostrophes: "'",
  digits: '7',
};

/** So many units of a text, over and over, not cut within a pair of surrogates. */
export function filled(unit: string, length: number): string {
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  return text.replace(/[\ud800-\udbff]$/, '');
}
