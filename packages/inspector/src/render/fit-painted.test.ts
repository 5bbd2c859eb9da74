import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitPainted } from './fit-painted';
import { textWidth } from './text-width';

const codes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const bold = (text: string): string => `\x1b[1m${text}\x1b[0m`;

test('cuts what is seen, keeps codes, closes them', () => {
  expect(fitPainted(`${bold('abc')} def`, 7)).toBe(`${bold('abc')} def`);
  expect(fitPainted(`${bold('abc')} def`, 5)).toBe(`${bold('abc')} …\x1b[0m`);
  expect(fitPainted(bold('abcdef'), 4)).toBe('\x1b[1mabc…\x1b[0m');
  expect(fitPainted('abcdef', 4)).toBe('abc…');
});

test('any line: never wider, and the same where it fits', () => {
  const piece = fc.tuple(
    fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[\p{Cc}]/u.test(text)),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (pieces, width) => {
      const line = pieces.map(([text, painted]) => (painted ? bold(text) : text)).join('');
      const plain = pieces.map(([text]) => text).join('');
      const shown = fitPainted(line, width).replace(codes, '');
      expect(textWidth(shown)).toBeLessThanOrEqual(width);
      if (textWidth(plain) <= width) expect(shown).toBe(plain);
      else expect(shown.endsWith('…')).toBe(true);
    }),
  );
});
