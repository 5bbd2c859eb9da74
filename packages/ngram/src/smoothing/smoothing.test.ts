import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NgramIndex } from '../index/ngram-index';
import { indexOf } from '../testing/index-of';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import { addK } from './add-k';
import { kneserNey } from './kneser-ney';
import { longestSuffix } from './longest-suffix';
import { mixModels } from './mix-models';
import { perplexity } from './perplexity';
import type { SmoothedModel } from './smoothed-model';
import { stupidBackoff } from './stupid-backoff';
import { wittenBell } from './witten-bell';

const word = fc.constantFrom('a', 'b', 'c', 'd');
const corpora = fc.array(fc.array(word, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 12 });
const contexts = fc.array(fc.oneof(word, fc.constantFrom('<s>', 'zzz')), { maxLength: 6 });
const order = fc.integer({ min: 1, max: 5 });

function modelsOf(index: NgramIndex, n: number): SmoothedModel[] {
  const models = [
    longestSuffix(index),
    longestSuffix(index, { order: n, ends: false }),
    addK(index, { order: n, k: 0.5 }),
    wittenBell(index, { order: n }),
    kneserNey(index, { order: n }),
    stupidBackoff(index, { order: n }),
  ];
  const mixed = mixModels([
    { model: models[0]!, weight: 0.25 },
    { model: models[4]!, weight: 0.75 },
  ]);
  return [...models, mixed];
}

describe('every smoothing', () => {
  test('rows agree with single probabilities; they sum to one; zero only where it is said', () => {
    fc.assert(
      fc.property(corpora, contexts, order, (sentences, words, n) => {
        const index = indexOf(sentences);
        const context = words.map((token) => idOrUnknown(index.vocabulary, token));
        for (const model of modelsOf(index, n)) {
          const row = model.logProbabilities(context);
          expect(row.length).toBe(index.vocabulary.size);
          let sum = 0;
          row.forEach((value, id) => {
            const single = model.logProbability(context, id);
            const close = value === single || Math.abs(value - single) < 2e-6 * Math.max(1, Math.abs(single));
            if (!close) throw new Error(`${model.type}: id ${id}: ${value}, alone ${single}`);
            sum += Math.exp(single);
          });
          if (model.type !== 'stupidBackoff') expect(sum, model.type).toBeCloseTo(1, 9);
          if (model.leavesNothingOut) expect(row.every((value) => Number.isFinite(value))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('known values by hand', () => {
    const index = indexOf(['a b', 'a c', 'a b'].map((line) => line.split(' ')));
    const id = (token: string): number => idOrUnknown(index.vocabulary, token);
    const p = (model: SmoothedModel, context: string[], token: string): number =>
      Math.exp(model.logProbability(context.map(id), id(token)));
    expect(p(longestSuffix(index), ['zzz', 'a'], 'b')).toBeCloseTo(2 / 3, 12);
    expect(p(longestSuffix(index), ['b'], '</s>')).toBeCloseTo(1, 12);
    expect(p(longestSuffix(index, { ends: false }), ['b'], 'a')).toBeCloseTo(3 / 6, 12);
    expect(p(addK(index, { order: 2 }), ['a'], 'b')).toBeCloseTo(3 / 8, 12);
    expect(p(addK(index, { order: 2 }), ['zzz'], 'b')).toBeCloseTo(1 / 5, 12);
    expect(p(stupidBackoff(index, { order: 3 }), ['c', 'a'], 'b')).toBeCloseTo((0.4 * 2) / 3, 12);
    expect(p(stupidBackoff(index, { order: 2 }), ['a'], 'a')).toBeCloseTo((0.4 * 3) / 9, 12);
    expect(p(stupidBackoff(index), [], 'zzz')).toBe(0);
    // Single tokens: (2 + 4/5) / (9 + 4); after a: (2 + 2 · that) / (3 + 2).
    expect(p(wittenBell(index, { order: 1 }), [], 'b')).toBeCloseTo(2.8 / 13, 12);
    expect(p(wittenBell(index, { order: 2 }), ['a'], 'b')).toBeCloseTo((2 + (2 * 2.8) / 13) / 5, 12);
  });

  test('the given row is filled', () => {
    const index = indexOf([['a', 'b']]);
    const row = new Float32Array(index.vocabulary.size);
    for (const model of modelsOf(index, 2)) {
      expect(model.logProbabilities([], row)).toBe(row);
      expect(() => model.logProbabilities([], new Float32Array(1))).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      );
    }
  });

  test('illegal values', () => {
    const index = indexOf([['a', 'b']]);
    const model = addK(index);
    const calls = [
      () => longestSuffix(index, { order: 0 }),
      () => stupidBackoff(index, { factor: 0 }),
      () => stupidBackoff(index, { factor: 1.5 }),
      () => stupidBackoff(index, { order: Number.POSITIVE_INFINITY }),
      () => addK(index, { k: 0 }),
      () => addK(index, { k: Number.NaN }),
      () => wittenBell(index, { order: 0 }),
      () => mixModels([]),
      () => mixModels([{ model, weight: 0.5 }]),
      () =>
        mixModels([
          { model, weight: 2 },
          { model, weight: -1 },
        ]),
      () =>
        mixModels([
          { model, weight: 0.5 },
          { model: addK(indexOf([['x']])), weight: 0.5 },
        ]),
      () => perplexity(model, []),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    expect(() => wittenBell(index, { k: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
  });
});

describe('perplexity', () => {
  test('with and without words that are not known', () => {
    const model = wittenBell(indexOf(['a b', 'b a'].map((line) => line.split(' '))), { order: 2 });
    const result = perplexity(model, [['a', 'zzz'], ['b']]);
    expect(result).toMatchObject({ sentences: 2, tokens: 5, outOfVocabulary: 1 });
    expect(result.perplexity).toBeGreaterThan(result.perplexityWithoutUnknown);
    expect(result.perplexity).toBeCloseTo(Math.exp(-result.logProbability / 5), 12);
  });

  test('impossible to a model without smoothing', () => {
    const result = perplexity(longestSuffix(indexOf([['a', 'b']])), [['b', 'zzz']]);
    expect([result.logProbability, result.perplexity]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});
