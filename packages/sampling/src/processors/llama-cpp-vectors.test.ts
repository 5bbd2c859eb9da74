import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { contextOf } from '../testing/run-processor';
import { dry } from './dry';
import { dynamicTemperature } from './dynamic-temperature';
import { frequencyPenalty } from './frequency-penalty';
import { presencePenalty } from './presence-penalty';
import { repetitionPenalty } from './repetition-penalty';
import { topK } from './top-k';
import { topNSigma } from './top-n-sigma';
import { typicalP } from './typical-p';
import { xtc } from './xtc';

// Probabilities in, probabilities out, computed by hand from the rules in llama.cpp's src/llama-sampler.cpp; the
// rows, and the settings, are those of its tests/test-sampling.cpp (named in every title).
type Vector = readonly [string, LogitsProcessor, probabilities: number[], expected: number[], ids?: number[]];

const tenths = [0.1, 0.2, 0.3, 0.4];
const fifths = [0.2, 0.2, 0.2, 0.2, 0.2];
const quarters = [0.25, 0.25, 0.25, 0.25];
const window = { includePrompt: true, lastTokens: 5 };
const additive = chain(frequencyPenalty(5, window), presencePenalty(5, window));
const divisive = repetitionPenalty(50, { lastTokens: 5 });
const dryOf = (multiplier: number, allowedLength: number, breakers: number[] = []) =>
  dry(multiplier, { base: 1.1, allowedLength, lastTokens: 7, breakers });

/** Shares in proportion to these weights. */
const shares = (...weights: number[]) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/** log 0.2 is negative, so the penalty multiplies: 0.2^50. */
const once = 0.2 ** 50 / 0.2;

const vectors: readonly Vector[] = [
  ['test_temp_ext: nothing to do', dynamicTemperature(1), tenths, tenths],
  ['test_top_k 1', topK(1, { ties: 'cut' }), tenths, [0, 0, 0, 1]],
  ['test_top_k 3', topK(3, { ties: 'cut' }), tenths, [0, 2 / 9, 3 / 9, 4 / 9]],
  ['test_top_k 4', topK(4, { ties: 'cut' }), tenths, tenths],
  ['test_xtc 0.09', xtc(1, { threshold: 0.09 }), [0.4, 0.3, 0.2, 0.1], [0, 0, 0, 1]],
  ['test_xtc 0.19', xtc(1, { threshold: 0.19 }), [0.4, 0.3, 0.2, 0.1], [0, 0, 2 / 3, 1 / 3]],
  ['test_xtc 0.29', xtc(1, { threshold: 0.29 }), [0.4, 0.3, 0.2, 0.1], [0, 3 / 6, 2 / 6, 1 / 6]],
  ['test_xtc 0.39', xtc(1, { threshold: 0.39 }), [0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.2, 0.1]],
  ['test_typical, one certain', typicalP(0.5, { ties: 'cut' }), [0.97, 0.01, 0.01, 0.01], [1, 0, 0, 0]],
  [
    'test_typical, not the likeliest',
    typicalP(0.5, { ties: 'cut' }),
    [0.4, 0.2, 0.2, 0.2],
    [0, 1 / 3, 1 / 3, 1 / 3],
  ],
  ['test_penalties, repeat', divisive, fifths, shares(once, 1, 1, 1, 1), [0]],
  ['test_penalties, repeat, three', divisive, fifths, shares(once, once, once, 1, 1), [0, 1, 2]],
  [
    'test_penalties, repeat, twice is once',
    divisive,
    fifths,
    shares(once, once, once, 1, 1),
    [0, 1, 2, 0, 0],
  ],
  ['test_penalties, additive', additive, fifths, shares(Math.exp(-10), 1, 1, 1, 1), [0]],
  [
    'test_penalties, additive, three times',
    additive,
    fifths,
    shares(Math.exp(-20), Math.exp(-10), Math.exp(-10), 1, 1),
    [0, 1, 2, 0, 0],
  ],
  ['test_dry, too short', dryOf(1, 2), quarters, quarters, [0, 1]],
  ['test_dry, one continued', dryOf(1, 2), quarters, shares(1, 1, Math.exp(-1), 1), [0, 1, 2, 0, 1]],
  ['test_dry, a breaker', dryOf(1, 2, [3]), fifths, fifths, [0, 1, 3, 4, 0, 1]],
  ['test_dry, multiplier 2', dryOf(2, 2), fifths, shares(1, 1, Math.exp(-2), 1, 1), [0, 1, 2, 0, 1]],
  ['test_dry, allowed', dryOf(1, 4), fifths, fifths, [0, 1, 2, 3, 4, 0, 1]],
  ['test_top_n_sigma 1', topNSigma(1), tenths, [0, 0, 3 / 7, 4 / 7]],
  ['test_top_n_sigma 3', topNSigma(3), tenths, tenths],
];

describe('by hand', () => {
  test.each(vectors.map((vector) => ({ name: vector[0], vector })))('$name', ({ vector }) => {
    const [, processor, probabilities, expected, ids = []] = vector;
    const scores = Float32Array.from(probabilities, Math.log);
    const context = { ...contextOf(ids), random: createRandom(1) };
    processor.process(scores, context, processor.initialState?.());
    softmax(scores).forEach((share, id) => {
      expect(Math.abs(share - expected[id]!)).toBeLessThan(1e-6);
    });
  });
});
