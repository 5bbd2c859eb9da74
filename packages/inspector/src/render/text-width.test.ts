import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bar } from './bar';
import { formatLogit, formatProbability } from './format-number';
import { fitText, textWidth } from './text-width';

describe('textWidth', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['東京', 4],
    ['한국', 4],
    ['ｆｕ', 4],
    ['\u{1f600}', 2],
    ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', 2],
    ['\u{1f1eb}\u{1f1f7}', 2],
    ['❤\ufe0f', 2],
    ['␣⏎⇥‹›…', 6],
    ['▏█', 2],
    ['नमस्ते', 4],
    ['\u1112\u1161\u11ab', 2],
  ])('%s takes %i cells', (text, width) => expect(textWidth(text)).toBe(width));
});

describe('fitText', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['東京都', 4, '東…'],
    ['東京都', 1, '…'],
    ['abc', 0, ''],
  ])('%s in %i cells: %s', (text, width, expected) => expect(fitText(text, width)).toBe(expected));

  test('never takes more than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 20 }), (text, width) => {
        expect(textWidth(fitText(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('bar', () => {
  test.each([
    [0, ''],
    [1, '████'],
    [0.5, '██'],
    [1 / 32, '▏'],
    [1e-9, '▏'],
    [31 / 32, '███▉'],
    [2, '████'],
    [-1, ''],
  ])('%d of 4 cells: %s', (fraction, expected) => expect(bar(fraction, 4)).toBe(expected));
});

describe('numbers', () => {
  test.each([
    [0.7731, '77.3 %'],
    [1, '100.0 %'],
    [0.99951, '> 99.9 %'],
    [0.001, '0.1 %'],
    [0.00099, '< 0.1 %'],
    [0, '0.0 %'],
  ])('probability %d: %s', (value, expected) => expect(formatProbability(value)).toBe(expected));

  test('logits have two decimals, removed ones a sign of their own', () => {
    expect([18.4019, -0.005, -Infinity].map(formatLogit)).toEqual(['18.40', '-0.01', '-∞']);
  });
});
