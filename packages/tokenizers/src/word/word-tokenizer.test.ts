import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { compareCodePoints } from './compare-code-points';
import { wordTokenizer } from './word-tokenizer';
import { wordTokenizerJson } from './word-tokenizer-json';
import { type WordVocabulary, wordVocabulary } from './word-vocabulary';

const corpus = [
  'The quick brown fox jumps over the lazy dog',
  'Tokenization converts text to numbers',
  'Large language models predict the next token',
];
const lower = wordVocabulary(corpus, { lowercase: true });

describe("the notebook's three sentences", () => {
  test('the vocabulary: 19 words, sorted', () => {
    expect(lower.tokens.length).toBe(19);
    expect(lower.tokens.slice(0, 15).join(' ')).toBe(
      'brown converts dog fox jumps language large lazy models next numbers over predict quick text',
    );
  });

  test.each([
    ['The quick brown fox', [15, 13, 0, 3]],
    ['Tokenization converts text to numbers', [18, 1, 14, 16, 10]],
    ['Large language models predict the next token', [6, 5, 8, 12, 15, 9, 17]],
  ])('%s', (text, ids) => {
    const tokenizer = wordTokenizer(lower);
    expect([...tokenizer.encode(text).ids]).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(text.toLowerCase());
  });
});

test('an unseen word is refused with its place, or unknown', () => {
  expect(() => wordTokenizer(lower).encode('the  purple fox')).toThrow(
    expect.objectContaining({
      code: 'encode-failed',
      details: { text: 'purple', kind: 'out-of-vocabulary', at: 5 },
    }),
  );
  const tokenizer = wordTokenizer(wordVocabulary(corpus, { unknown: '<unk>', pad: '<pad>' }));
  const { ids, tokens } = tokenizer.encode('the purple fox');
  expect(tokens).toEqual(['the', '<unk>', 'fox']);
  expect(tokenizer.specialTokens).toEqual({ pad: 0, unknown: 1 });
  expect(tokenizer.decode([0, ...ids, 0])).toBe('the <unk> fox');
  expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe('the fox');
});

test('offsets, bytes, stream and trace', () => {
  const tokenizer = wordTokenizer(lower);
  const text = ' The\tQUICK\u3000fox\n';
  const { ids, offsets } = tokenizer.encode(text);
  expect(offsets).toEqual([
    [1, 4],
    [5, 10],
    [11, 14],
  ]);
  expect(Buffer.concat(Array.from(ids, (id) => tokenizer.bytesOf(id)!)).toString()).toBe(' the quick fox');
  const decoder = tokenizer.createStreamDecoder();
  expect([...Array.from(ids, (id) => decoder.push(id)), decoder.flush()]).toEqual([
    'the',
    ' quick',
    ' fox',
    '',
  ]);
  const trace = tokenizer.trace(text);
  expect(trace.steps.map(({ step }) => step)).toEqual(['pre-tokenizer', 'normalizer', 'model']);
  expect(trace.ids).toEqual([...ids]);
  expect(tokenizer.encode('').ids.length).toBe(0);
});

test('stored and loaded again, as plain data and as tokenizer.json', () => {
  const vocabulary = wordVocabulary(corpus, { lowercase: true, unknown: '<unk>' });
  const stored = JSON.parse(JSON.stringify(vocabulary)) as WordVocabulary;
  expect(stored).toEqual(vocabulary);
  const own = wordTokenizer(stored);
  const loaded = tokenizerFromJson(wordTokenizerJson(stored));
  const text = 'The lazy cat predicts\nthe next  TOKEN';
  expect([...loaded.encode(text).ids]).toEqual([...own.encode(text).ids]);
  expect(loaded.decode(own.encode(text).ids)).toBe(own.decode(own.encode(text).ids));
});

test('rare words are left out', () => {
  expect(wordVocabulary(['b a b', 'c b a'], { minFrequency: 2 }).tokens).toEqual(['a', 'b']);
});

test('the order is that of code points', () => {
  const string = fc.string({ unit: 'binary' });
  const points = (text: string) => Array.from(text, (character) => character.codePointAt(0)!);
  fc.assert(
    fc.property(string, string, (a, b) => {
      const [left, right] = [points(a), points(b)];
      const at = left.findIndex((point, i) => point !== right[i]);
      const expected = at === -1 ? left.length - right.length : left[at]! - (right[at] ?? -1);
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected));
    }),
  );
});

test('round trip of any words', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 20 }), (parts) => {
      const text = parts.join(' ');
      const tokenizer = wordTokenizer(wordVocabulary([text]));
      const { ids, tokens, offsets } = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(
        text
          .split(/\p{White_Space}+/u)
          .filter((word) => word !== '')
          .join(' '),
      );
      expect(offsets!.map(([start, end]) => text.slice(start, end))).toEqual(tokens);
    }),
  );
});

test('a line of 5 MB, a word of 1 MB, NUL, lone surrogates', () => {
  const tokenizer = wordTokenizer({ kind: 'word', tokens: ['a', '\0', 'b'.repeat(1e6)], lowercase: false });
  expect(tokenizer.encode('a '.repeat(2.5e6)).ids.length).toBe(2.5e6);
  expect([...tokenizer.encode(`${'b'.repeat(1e6)} \0`).ids]).toEqual([2, 1]);
  expect(() => tokenizer.encode('a \ud800')).toThrow(expect.objectContaining({ code: 'encode-failed' }));
});

test('refuses what contradicts itself', () => {
  const code = (vocabulary: unknown) => {
    try {
      wordTokenizer(vocabulary as WordVocabulary);
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return undefined;
  };
  expect(code({ kind: 'word', tokens: ['a', 'a'] })).toBe('invalid-parameter');
  expect(code({ kind: 'word', tokens: [''] })).toBe('invalid-parameter');
  expect(code({ kind: 'word', tokens: 'a' })).toBe('invalid-parameter');
  expect(code({ kind: 'word', tokens: ['a'], unknown: '<unk>' })).toBe('invalid-parameter');
  expect(() => wordVocabulary([], { lowerCase: true } as never)).toThrow(/did you mean lowercase/);
  expect(() => wordVocabulary([], { minFrequency: 0 })).toThrow(/minFrequency/);
});
