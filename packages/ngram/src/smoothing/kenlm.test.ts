import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../corpus/load-corpus';
import { createNgramIndex } from '../index/create-ngram-index';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import { kneserNey } from './kneser-ney';
import { perplexity, sentenceLogProbabilities } from './perplexity';

interface Stored {
  readonly models: readonly {
    readonly order: number;
    readonly counts: number[];
    readonly discounts: number[][];
    readonly fallback_orders: number[];
    readonly perplexity: number;
    readonly perplexity_without_unknown: number;
    readonly oov: number;
    readonly tokens: number;
    readonly sentence_log10: number[];
    readonly ngrams: [number, string, number | null][];
  }[];
}

const stored = (name: string): string =>
  readFileSync(new URL(`../../testdata/${name}`, import.meta.url), 'utf8');
const { models } = JSON.parse(stored('kenlm.json')) as Stored;
const held = stored('kenlm-test.txt')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' '));
const relative = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.abs(expected || 1);

/** Figures that KenLM itself printed; it computes in single precision. */
describe('equal to KenLM', () => {
  test.each(models.map((model) => [model.order, model] as const))('order %i', async (order, expected) => {
    const index = createNgramIndex(await loadCorpus(stored('kenlm-train.txt')));
    const model = kneserNey(index, { order });
    const { vocabulary, table } = model;
    const { discounts } = model.parameters as { discounts: number[][] };
    for (const [i, value] of expected.discounts.flat().entries()) {
      expect(relative(discounts.flat()[i]!, value)).toBeLessThan(1e-5);
    }
    // KenLM counts <s> among the 1-grams.
    expect(table.trie.levels.map(({ words }, level) => words.length + (level === 0 ? 1 : 0))).toEqual(
      expected.counts,
    );
    expect(model.warnings.map(({ details }) => details.order)).toEqual(expected.fallback_orders);
    const result = perplexity(model, held);
    expect([result.tokens, result.outOfVocabulary]).toEqual([expected.tokens, expected.oov]);
    expect(relative(result.perplexity, expected.perplexity)).toBeLessThan(1e-5);
    expect(relative(result.perplexityWithoutUnknown, expected.perplexity_without_unknown)).toBeLessThan(1e-5);
    for (const [i, value] of expected.sentence_log10.entries()) {
      const sum = sentenceLogProbabilities(model, held[i]!).reduce((a, b) => a + b, 0);
      expect(relative(sum / Math.LN10, value)).toBeLessThan(1e-5);
    }
    expect(expected.ngrams.length).toBeGreaterThan(20);
    for (const [log10, words] of expected.ngrams) {
      if (words === '<s>') continue;
      const ids = words.split(' ').map((token) => idOrUnknown(vocabulary, token));
      expect(
        relative(model.logProbability(ids.slice(0, -1), ids.at(-1)!) / Math.LN10, log10),
        words,
      ).toBeLessThan(1e-5);
    }
  });
});
