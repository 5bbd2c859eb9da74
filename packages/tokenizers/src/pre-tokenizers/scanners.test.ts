import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replaceLoneSurrogates } from '../bytes/utf8';
import { compilePattern } from './compile-pattern';
import { gpt2Pattern } from './gpt2-scanner';
import { scannerOf } from './known-scanners';
import { llama3Pattern } from './llama3-scanner';
import { o200kPattern } from './o200k-scanner';
import { cutByScanner } from './scanner';

const character = fc.oneof(
  fc.constantFrom(..." \t\n\r'/!-.\u00a0\u0085\ufeff\u2028abstmdlrevSTMDLREVxXſK019²½٣"),
  fc.constantFrom(
    '你',
    'न',
    'म',
    'ǅ',
    'ʰ',
    'ß',
    'É',
    '\u0301',
    '\u0903',
    '😀',
    '𝒜',
    '𝟘',
    '\u{1e900}',
    '\u{e0100}',
  ),
  fc.constantFrom("'s", "'S", "'re", "'Ll", "'ve", "'ſ", '  ', '\n\n', '\r\n', 'Aa', 'aA', '123456'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
);
const texts = fc.array(character, { maxLength: 30 }).map((parts) => replaceLoneSurrogates(parts.join('')));

function cut(pattern: string, text: string): string[] {
  const words: string[] = [];
  cutByScanner(scannerOf(pattern)!)(text, 0, text.length, (start, end) => words.push(text.slice(start, end)));
  return words;
}

describe.each([
  ['gpt2', gpt2Pattern],
  [
    'gpt2, in fewer letters',
    "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  ],
  ['qwen2', llama3Pattern(1)],
  ['llama3 and cl100k', llama3Pattern(3)],
  ['o200k', o200kPattern],
])('scanner of %s', (_, pattern) => {
  const matcher = new RegExp(compilePattern(pattern).source, 'gu');

  test('cuts as the pattern does', () => {
    const property = fc.property(texts, (text) => {
      expect(cut(pattern, text)).toEqual(text.match(matcher) ?? []);
    });
    fc.assert(property, { numRuns: 4000 });
  });

  test('sees nothing outside its range', () => {
    const property = fc.property(texts, texts, (text, further) => {
      const words: string[] = [];
      const whole = `${further}${text}${further}`;
      const at = further.length;
      cutByScanner(scannerOf(pattern)!)(whole, at, at + text.length, (start, end) =>
        words.push(whole.slice(start, end)),
      );
      expect(words).toEqual(cut(pattern, text));
    });
    fc.assert(property, { numRuns: 500 });
  });
});

test('other patterns have no scanner', () => {
  expect(scannerOf('\\w+')).toBeUndefined();
  expect(scannerOf('toString')).toBeUndefined();
});
