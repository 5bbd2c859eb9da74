import { describeShared } from '@nexttoken/goldens/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { wordPieceJson } from '../testing/small-tokenizers';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { byteOffsets } from './byte-offsets';
import { type Segment, segments } from './segments';

const offsetsOnly = (offsets: readonly (readonly [number, number])[]) => ({
  ids: new Int32Array(offsets.length),
  tokens: offsets.map(String),
  offsets,
});
const shown = (found: readonly Segment[]) => found.map(({ text, tokens: [from, to] }) => [text, to - from]);

const parts = fc.oneof(
  fc.constantFrom(
    'naïve ',
    'e\u0301',
    '👩‍👩‍👧',
    '🇩🇪',
    '👍🏽',
    '你好',
    '\r\n',
    'नमस्ते',
    ' a',
    '한국',
    '\u0301',
    '<s>',
    '\0',
    '  ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const texts = fc.array(parts, { maxLength: 12 }).map((found) => found.join(''));

const graphemes = new Intl.Segmenter('en');

/** What must hold for any tokenizer and text. */
function check(text: string, found: readonly Segment[], tokens: number): void {
  expect(found.map((segment) => segment.text).join('')).toBe(text);
  const borders = new Set([text.length]);
  for (const { index } of graphemes.segment(text)) borders.add(index);
  let [reached, token] = [0, 0];
  for (const { start, end, text: part, tokens: range } of found) {
    expect(start).toBe(reached);
    expect(part).toBe(text.slice(start, end));
    expect(range[0]).toBe(token);
    expect(range[1]).toBeGreaterThanOrEqual(token);
    expect(borders.has(start)).toBe(true);
    [reached, token] = [end, range[1]];
  }
  expect(token).toBe(tokens);
}

for (const name of sharedTokenizerNames) {
  describeShared(`segments of ${name}`, () => {
    test('cover the text without gap or overlap, in whole characters, and hold every token once', () => {
      const tokenizer = sharedTokenizer(name);
      const property = fc.property(texts, (text) => {
        const encoding = tokenizer.encode(text);
        check(text, segments(text, encoding), encoding.ids.length);
      });
      fc.assert(property, { numRuns: 100 });
    });
  });
}

describeShared('segments of GPT-2', () => {
  test('tokens of one emoji stand together', () => {
    const text = 'Hi 🚀👩‍👩‍👧!';
    const found = segments(text, sharedTokenizer('gpt2').encode(text));
    expect(found.map((segment) => segment.text)).toEqual(['Hi', ' 🚀', '👩‍👩‍👧', '!']);
    expect(found[1]!.tokens).toEqual([1, 4]);
  });
});

describe('segments', () => {
  test('special tokens, white space that no token has, words that are cut', () => {
    const text = ' We played. ';
    const found = segments(text, tokenizerFromJson(wordPieceJson).encode(text));
    expect(shown(found)).toEqual([
      ['', 1],
      [' ', 0],
      ['We', 1],
      [' ', 0],
      ['play', 1],
      ['ed', 1],
      ['.', 1],
      ['', 1],
      [' ', 0],
    ]);
  });

  test('any offsets within the text', () => {
    const text = 'ae\u0301👩‍👩‍👧b\r\nc';
    const offset = fc
      .tuple(fc.nat(text.length), fc.nat(text.length))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const property = fc.property(fc.array(offset, { maxLength: 8 }), (offsets) => {
      offsets.sort((a, b) => a[0] - b[0]);
      check(text, segments(text, offsetsOnly(offsets)), offsets.length);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('refuses encodings without offsets, and of another text', () => {
    expect(() => segments('a', { ids: Int32Array.of(1), tokens: ['a'] })).toThrow('offsets');
    expect(() => segments('a', offsetsOnly([[0, 5]]))).toThrow('within the text');
  });
});

describe('byteOffsets', () => {
  test('counts UTF-8', () => {
    const text = 'aé你😀b';
    const offsets = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 5],
      [5, 6],
      [0, 6],
      [4, 5],
    ] as const;
    expect(byteOffsets(text, offsets)).toEqual([
      [0, 1],
      [1, 3],
      [3, 6],
      [6, 10],
      [10, 11],
      [0, 11],
      [6, 10],
    ]);
  });

  test('is what encoding the parts gives', () => {
    const length = (text: string) => new TextEncoder().encode(text).length;
    const property = fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      let at = 0;
      const offsets = Array.from(text, (character) => {
        at += character.length;
        return [at - character.length, at] as const;
      });
      for (const [index, [start, end]] of byteOffsets(text, offsets).entries()) {
        expect([start, end]).toEqual(offsets[index]!.map((place) => length(text.slice(0, place))));
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
