import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { characterTokenizer } from './character-tokenizer';
import { characterTokenizerJson } from './character-tokenizer-json';
import { type CharacterVocabulary, characterVocabulary } from './character-vocabulary';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = characterVocabulary({
  alphabet: upper + upper.toLowerCase(),
  pad: '<pad>',
  unknown: '<unk>',
});

describe("the notebook's letters", () => {
  const tokenizer = characterTokenizer(letters);
  test('54 tokens', () => expect(tokenizer.vocabSize).toBe(54));

  test.each([
    ['HelloWorld', [9, 32, 39, 39, 42, 24, 42, 45, 39, 31], 'HelloWorld'],
    ['ABCxyz', [2, 3, 4, 51, 52, 53], 'ABCxyz'],
    ['ChatGPT', [4, 35, 28, 47, 8, 17, 21], 'ChatGPT'],
    ['Hello, World!', [9, 32, 39, 39, 42, 1, 1, 24, 42, 45, 39, 31, 1], 'Hello<unk><unk>World<unk>'],
  ])('%s', (text, ids, decoded) => {
    expect([...tokenizer.encode(text).ids]).toEqual(ids);
    expect(tokenizer.decode([0, ...ids, 0, 0])).toBe(decoded);
  });
});

test("a text's own characters, sorted by code points", () => {
  const vocabulary = characterVocabulary({ text: 'b🦊a\nb\ufeff' });
  expect(vocabulary.tokens).toEqual(['\n', 'a', 'b', '\ufeff', '🦊']);
  const tokenizer = characterTokenizer(vocabulary);
  expect(tokenizer.encode('a🦊b').offsets).toEqual([
    [0, 1],
    [1, 3],
    [3, 4],
  ]);
  expect(() => tokenizer.encode('a🦊c')).toThrow(
    expect.objectContaining({
      code: 'encode-failed',
      details: { text: 'c', kind: 'out-of-vocabulary', at: 3 },
    }),
  );
  expect(tokenizer.trace('a').steps).toEqual([
    {
      step: 'model',
      type: 'Character',
      words: [{ text: 'a', offset: [0, 1], tokens: [{ id: 1, token: 'a', offset: [0, 1] }] }],
    },
  ]);
});

test('a name of a role in a text is ordinary text', () => {
  const tokenizer = characterTokenizer(characterVocabulary({ alphabet: '<>dap', unknown: 'x' }));
  expect([...tokenizer.encode('<pad>x').ids]).toEqual([1, 5, 4, 3, 2, 0]);
});

test('round trip, stream and bytes of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tokenizer = characterTokenizer(characterVocabulary({ text }));
      const { ids, tokens, offsets } = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
      expect(tokens.join('')).toBe(text);
      expect(offsets!.map(([start, end]) => text.slice(start, end)).join('')).toBe(text);
      expect(Buffer.concat(Array.from(ids, (id) => tokenizer.bytesOf(id)!)).toString()).toBe(text);
    }),
  );
});

test('stored and loaded again, as plain data and as tokenizer.json', () => {
  const stored = JSON.parse(JSON.stringify(letters)) as CharacterVocabulary;
  const own = characterTokenizer(stored);
  const loaded = tokenizerFromJson(characterTokenizerJson(stored));
  const { ids } = own.encode('Hello,\nWorld!');
  expect([...loaded.encode('Hello,\nWorld!').ids]).toEqual([...ids]);
  expect(loaded.decode(ids)).toBe(own.decode(ids));
});

test('5 MB in one line, NUL, lone surrogates', () => {
  const tokenizer = characterTokenizer(characterVocabulary({ alphabet: 'a\0' }));
  expect(tokenizer.encode('a'.repeat(5e6)).ids.length).toBe(5e6);
  expect([...tokenizer.encode('\0').ids]).toEqual([1]);
  expect(() => tokenizer.encode('\udc00')).toThrow(expect.objectContaining({ code: 'encode-failed' }));
});

test('refuses what contradicts itself', () => {
  expect(() => characterVocabulary({ alphabet: 'aa' })).toThrow(/once/);
  expect(() => characterVocabulary({ alphabet: 'a', text: 'a' } as never)).toThrow(/alphabet or text/);
  expect(() => characterVocabulary({} as never)).toThrow(/must be one string/);
  expect(() => characterTokenizer({ kind: 'character', tokens: ['a'], pad: '<pad>' })).toThrow(/pad/);
});
