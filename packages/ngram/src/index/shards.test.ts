import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCorpusBuilder } from '../corpus/corpus-builder';
import { kneserNey } from '../smoothing/kneser-ney';
import { sortSuffixes } from '../suffix/sort-suffixes';
import { corpusOf, indexOf } from '../testing/index-of';
import type { WordVocabulary } from '../vocabulary/word-vocabulary';
import { compactIndex } from './compact-index';
import { createNgramIndex } from './create-ngram-index';
import { createShardedIndex, cutCorpus, type SortTask } from './create-sharded-index';
import { extendIndex } from './extend-index';
import type { NgramIndex } from './ngram-index';

const word = fc.constantFrom('a', 'b', 'c', 'd');
const corpora = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 14 });
const sort = ({ ids, vocabSize, order }: SortTask) => ({ ids, ...sortSuffixes(ids, vocabSize, { order }) });

function expectSame(actual: NgramIndex, expected: NgramIndex): void {
  expect([actual.tokenCount, actual.sentenceCount]).toEqual([expected.tokenCount, expected.sentenceCount]);
  const ids = Array.from({ length: expected.vocabulary.size }, (_, id) => id);
  for (const context of [[], ...ids.map((id) => [id]), ...ids.flatMap((a) => ids.map((b) => [a, b]))]) {
    expect(actual.continueLongest(context)).toEqual(expected.continueLongest(context));
    expect(actual.continuations(context, 2)).toEqual(expected.continuations(context, 2));
    expect(actual.count(context)).toBe(expected.count(context));
    expect(actual.occurrences(context, 3)).toEqual(expected.occurrences(context, 3));
  }
}

describe('shards', () => {
  test('answer together as one index does', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, fc.integer({ min: 1, max: 6 }), async (sentences, shards) => {
        const corpus = corpusOf(sentences);
        const index = await createShardedIndex(corpus, { shards, sort });
        expect(index.shards.length).toBeLessThanOrEqual(shards);
        expectSame(index, createNgramIndex(corpus));
        expectSame(compactIndex(index), createNgramIndex(corpus));
      }),
      { numRuns: 40 },
    );
  });

  test('text added bit by bit', () => {
    fc.assert(
      fc.property(fc.array(corpora, { minLength: 1, maxLength: 8 }), (texts) => {
        let index = indexOf(texts[0]!);
        for (const text of texts.slice(1)) {
          const size = index.vocabulary.size;
          const builder = createCorpusBuilder({ vocabulary: index.vocabulary as WordVocabulary });
          for (const sentence of text) builder.addSentence(sentence);
          const extended = extendIndex(index, builder.finish());
          // The old one is not touched.
          expect(index.vocabulary.size).toBe(size);
          index = extended;
        }
        expectSame(index, indexOf(texts.flat()));
        expect(index.shards.length).toBeLessThanOrEqual(Math.ceil(Math.log2(index.tokenCount + 2)) + 1);
      }),
      { numRuns: 40 },
    );
  });

  test('frequent contexts are remembered across shards too; samples come from all of them', async () => {
    const corpus = corpusOf(Array.from({ length: 900 }, (_, i) => ['x', i < 300 ? 'p' : 'q']));
    const index = await createShardedIndex(corpus, { shards: 3, sort });
    const x = [corpus.vocabulary.idOf('x')!];
    for (let i = 0; i < 2; i++)
      expect(index.continuations(x)).toMatchObject({ counts: Int32Array.of(600, 300), total: 900 });
    const random = createRandom(5);
    const p = corpus.vocabulary.idOf('p')!;
    const share =
      Array.from({ length: 3000 }, () => index.sample(x, random)).filter((id) => id === p).length / 3000;
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.04);
  });

  test('Kneser-Ney over shards is that over the whole', async () => {
    const corpus = corpusOf(
      Array.from({ length: 60 }, (_, i) => `w${i % 7} w${(i * i) % 5} w${i % 3}`.split(' ')),
    );
    const index = await createShardedIndex(corpus, { shards: 4, sort });
    const [whole, parts] = [
      kneserNey(createNgramIndex(corpus), { order: 3 }),
      kneserNey(index, { order: 3 }),
    ];
    expect(parts.logProbabilities([0, 2, 3])).toEqual(whole.logProbabilities([0, 2, 3]));
  });

  test('pieces are cut between sentences', () => {
    const ids = Int32Array.from([0, 5, 6, 7, 8, 9, 0, 5, 0, 6, 0]);
    const pieces = cutCorpus(ids, 3).map((piece) => [...piece]);
    expect(pieces).toEqual([
      [0, 5, 6, 7, 8, 9, 0],
      [0, 5, 0],
      [0, 6, 0],
    ]);
    expect(cutCorpus(ids, 50)).toHaveLength(3);
  });

  test('what does not fit together is refused', async () => {
    const corpus = corpusOf([['a']]);
    await expect(createShardedIndex(corpus, { shards: 0, sort })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    await expect(createShardedIndex(corpus, { shards: 1, order: 0, sort })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    expect(() => extendIndex(createNgramIndex(corpus), corpusOf([['b']]))).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
