import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixList, prefixTable } from '../testing/brute-force';
import { indexOf } from '../testing/index-of';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import type { NgramIndex } from './ngram-index';

const word = fc.constantFrom('a', 'b', 'c', 'd', 'été', "'s");
const corpora = fc
  .array(fc.array(word, { maxLength: 12 }), { minLength: 1, maxLength: 12 })
  .filter((s) => s.flat().length > 0);
const oneWord = fc.array(
  fc.integer({ min: 1, max: 70 }).map((n) => Array<string>(n).fill('a')),
  { minLength: 1, maxLength: 4 },
);
const order = fc.constantFrom(1, 2, 3, 5, 6, 8, Number.POSITIVE_INFINITY);

function listOf(index: NgramIndex, words: readonly string[]): [string, number][] {
  const ids = words.map((token) => idOrUnknown(index.vocabulary, token));
  const { tokens, counts } = index.continuations(ids);
  return Array.from(tokens, (id, i) => [index.vocabulary.tokenOf(id)!, counts[i]!]);
}

describe('equality with brute force', () => {
  test('every prefix of every length: lists, counts, matched lengths', () => {
    fc.assert(
      fc.property(fc.oneof(corpora, oneWord), order, fc.constantFrom(1, 2, 256), (sentences, n, depthCap) => {
        const index = indexOf(sentences, { order: n, depthCap });
        const longest = Math.min(n, 14);
        const table = prefixTable(sentences, longest);
        for (const [prefix, followers] of table) {
          const words = prefix === '' ? [] : prefix.split(' ');
          expect(listOf(index, words)).toEqual(prefixList(table, prefix));
          for (const [token, count] of followers) {
            expect(index.count([...words, token].map((w) => idOrUnknown(index.vocabulary, w)))).toBe(count);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('longest suffix of any context, words not seen among them', () => {
    const context = fc.array(fc.oneof(word, fc.constant('zzz')), { maxLength: 8 });
    fc.assert(
      fc.property(corpora, context, order, (sentences, words, n) => {
        const index = indexOf(sentences);
        const table = prefixTable(sentences, Math.min(n, 14));
        let expected = words.length;
        while (expected > 0 && !table.has(words.slice(words.length - expected).join(' '))) expected--;
        const ids = words.map((token) => idOrUnknown(index.vocabulary, token));
        expect(index.longestSuffix(ids, { order: n })).toBe(expected);
      }),
    );
  });

  test('starts, ends and occurrences', () => {
    fc.assert(
      fc.property(corpora, (raw) => {
        const sentences = raw.filter((sentence) => sentence.length > 0);
        const index = indexOf(raw);
        const id = (token: string) => idOrUnknown(index.vocabulary, token);
        const { tokens, counts, ends } = index.continuations([0]);
        expect(ends).toBe(0);
        const firsts = prefixList(
          prefixTable(
            sentences.map(([first]) => [first!]),
            1,
          ),
          '',
        );
        expect(Array.from(tokens, (t, i) => [index.vocabulary.tokenOf(t), counts[i]])).toEqual(firsts);
        for (const token of new Set(sentences.flat())) {
          const last = sentences.filter((sentence) => sentence.at(-1) === token).length;
          expect(index.continuations([id(token)]).ends).toBe(last);
          expect(index.count([id(token), 0])).toBe(last);
          const places = sentences.flatMap((s) =>
            s.flatMap((t, offset) => (t === token ? [[s, offset]] : [])),
          );
          const found = index.occurrences([id(token)]);
          expect(
            found.map(({ sentence, offset }) => [
              Array.from(sentence, (t) => index.vocabulary.tokenOf(t)),
              offset,
            ]),
          ).toEqual(places);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('ngram index', () => {
  const sentences = ['the cat sat on the mat', 'the cat ate', 'a dog sat'].map((line) => line.split(' '));
  const index = indexOf(sentences);
  const ids = (text: string): number[] =>
    text.split(' ').map((token) => idOrUnknown(index.vocabulary, token));

  test('sizes', () => {
    expect([index.tokenCount, index.sentenceCount, index.order]).toEqual([12, 3, Number.POSITIVE_INFINITY]);
    expect(index.count([])).toBe(12);
    expect(index.count([0])).toBe(3);
    expect(index.count([0, 0])).toBe(0);
  });

  test('a context across a border counts from the border on', () => {
    expect(index.continuations([...ids('cat'), 0]).total).toBe(3);
    expect(index.count([...ids('mat'), 0, ...ids('the')])).toBe(0);
    expect(index.longestSuffix([...ids('mat'), 0, ...ids('the cat')])).toBe(3);
  });

  test('the end of a sentence is a continuation only when asked for', () => {
    expect(index.longestSuffix(ids('the mat'))).toBe(0);
    expect(index.longestSuffix(ids('the mat'), { ends: true })).toBe(2);
  });

  test('samples in proportion to the counts', () => {
    const random = createRandom(7);
    const drawn = new Map<number, number>();
    for (let i = 0; i < 3000; i++) {
      const id = index.sample(ids('the'), random);
      drawn.set(id, (drawn.get(id) ?? 0) + 1);
    }
    const [cat, mat] = ids('cat mat');
    expect(drawn.size).toBe(2);
    expect(drawn.get(cat!)! / drawn.get(mat!)!).toBeGreaterThan(1.7);
    expect(drawn.get(cat!)! / drawn.get(mat!)!).toBeLessThan(2.3);
    const ends = new Set(Array.from({ length: 200 }, () => index.sample(ids('sat'), random, { ends: true })));
    expect(ends).toEqual(new Set([0, ids('on')[0]]));
  });

  test('frequent contexts are remembered and stay right', () => {
    const many = indexOf(Array.from({ length: 400 }, (_, i) => ['x', i % 3 === 0 ? 'p' : 'q', `w${i}`]));
    const x = [many.vocabulary.idOf('x')!];
    const first = many.continuations(x, 1);
    expect(many.continuations(x, 1)).toEqual(first);
    expect(many.continuations(x)).toMatchObject({ counts: Int32Array.of(266, 134), distinct: 2, total: 400 });
  });

  test('what cannot be answered is refused', () => {
    const bounded = indexOf(sentences, { order: 2 });
    expect(() => bounded.count(ids('the cat sat'))).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(() => bounded.continuations(ids('the cat'))).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(() => index.continuations([], -1)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    for (const order of [0, -1, 1.5, Number.NaN]) {
      expect(() => indexOf(sentences, { order })).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      );
      expect(() => index.longestSuffix([], { order })).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      );
    }
  });
});
