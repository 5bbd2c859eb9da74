import { readGolden } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import { indexOf } from '../testing/index-of';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import { kneserNey } from './kneser-ney';
import { perplexity, sentenceLogProbabilities } from './perplexity';
import type { SmoothedModel } from './smoothed-model';

interface Query {
  readonly history: string[];
  readonly word: string;
  readonly prob: number;
}
interface Score {
  readonly tokens_with_eos: number;
  readonly oov: number;
  readonly log_prob_sum: number;
  readonly perplexity: number;
  readonly perplexity_excluding_oov: number;
}
interface Golden {
  readonly models: readonly {
    readonly order: number;
    readonly vocab_size: number;
    readonly ngrams_per_order: number[];
    readonly discounts: number[][];
    readonly test: Score;
    readonly train: Score;
    readonly sentence_log_probs: number[];
    readonly queries: Query[];
  }[];
  readonly toy: readonly { order: number; sentences: string[][]; discounts: number[][]; probs: Query[] }[];
}

const relative = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.abs(expected);

function probabilityOf(model: SmoothedModel, { history, word }: Query): number {
  const ids = history.map((token) => idOrUnknown(model.vocabulary, token));
  return Math.exp(model.logProbability(ids, idOrUnknown(model.vocabulary, word)));
}

describeShared("modified Kneser-Ney with KenLM's conventions", () => {
  const { train, test: held } = readGolden<{ train: string[][]; test: string[][] }>('ngram/corpus.json');
  const golden = readGolden<Golden>('ngram/kneser_ney.json');
  const index = indexOf(train);

  test.each(golden.models.map((model) => [model.order, model] as const))('order %i', (order, expected) => {
    const model = kneserNey(index, { order, discountRule: 'chen-goodman' });
    expect(model.vocabulary.size).toBe(expected.vocab_size);
    const { discounts } = model.parameters as { discounts: number[][] };
    for (const [level, own] of expected.discounts.entries()) {
      for (const [k, value] of own.entries())
        expect(relative(discounts[level]![k]!, value)).toBeLessThan(1e-9);
    }
    expect(model.table.trie.levels.slice(1).map(({ words }) => words.length)).toEqual(
      expected.ngrams_per_order.slice(1),
    );
    for (const query of expected.queries)
      expect(relative(probabilityOf(model, query), query.prob)).toBeLessThan(1e-9);
    const result = perplexity(model, held);
    expect([result.tokens, result.outOfVocabulary]).toEqual([
      expected.test.tokens_with_eos,
      expected.test.oov,
    ]);
    expect(relative(result.logProbability, expected.test.log_prob_sum)).toBeLessThan(1e-9);
    expect(relative(result.perplexity, expected.test.perplexity)).toBeLessThan(1e-9);
    expect(relative(result.perplexityWithoutUnknown, expected.test.perplexity_excluding_oov)).toBeLessThan(
      1e-9,
    );
    for (const [i, value] of expected.sentence_log_probs.entries()) {
      const sum = sentenceLogProbabilities(model, held[i]!).reduce((a, b) => a + b, 0);
      expect(relative(sum, value)).toBeLessThan(1e-9);
    }
    expect(model.warnings).toEqual([]);
  });

  test('toy corpora, some with the fallback discounts', () => {
    for (const { order, sentences, discounts, probs } of golden.toy) {
      const model = kneserNey(indexOf(sentences), { order, discountRule: 'chen-goodman' });
      const own = (model.parameters as { discounts: number[][] }).discounts;
      expect(own.flat().map((value, i) => relative(value, discounts.flat()[i]!) < 1e-9)).not.toContain(false);
      for (const query of probs) expect(relative(probabilityOf(model, query), query.prob)).toBeLessThan(1e-9);
      const fallen = discounts.flatMap((values, level) =>
        String(values) === '0.5,1,1.5' ? [level + 1] : [],
      );
      expect(model.warnings.map(({ code, details }) => [code, details.order])).toEqual(
        fallen.map((level) => ['discount-fallback', level]),
      );
    }
  });
});

describe('kneserNey', () => {
  const index = indexOf(['a b c', 'a b d', 'b c a'].map((line) => line.split(' ')));

  test('single precision: seven digits', () => {
    const [wide, narrow] = [
      kneserNey(index, { order: 3 }),
      kneserNey(index, { order: 3, precision: 'float32' }),
    ];
    for (let id = 0; id < index.vocabulary.size; id++) {
      expect(relative(narrow.logProbability([0, 2], id), wide.logProbability([0, 2], id))).toBeLessThan(1e-6);
    }
  });

  test('what cannot be is refused', () => {
    for (const options of [
      { order: 0 },
      { order: 1.5 },
      { order: Number.POSITIVE_INFINITY },
      { precision: 'half' as never },
    ]) {
      expect(() => kneserNey(index, options)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    }
    expect(() => kneserNey(indexOf([['a']], { order: 2 }), { order: 3 })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(() => kneserNey(index, { discount: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
  });
});
