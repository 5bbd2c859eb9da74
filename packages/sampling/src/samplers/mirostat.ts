import { checkOptionNames, type Sampler } from '@nexttoken/model';
import { topIndices } from '@nexttoken/numeric';
import { checkFinite } from '../parameters/check-finite';
import { checkInteger } from '../parameters/check-integer';
import { checkPositive } from '../parameters/check-positive';
import { keepHighest } from '../row/keep-highest';
import { candidateWeights } from './candidate-weights';
import { drawWithFeedback, type MirostatState } from './mirostat-state';

export interface MirostatOptions {
  /** How fast the limit follows the error (η); a finite number >= 0, default 0.1. 0 keeps the limit fixed. */
  readonly eta?: number;
  /** From how many of the likeliest tokens the exponent is estimated; an integer >= 2, default 100. */
  readonly m?: number;
}

/** The exponent of Zipf's law, by least squares on the likeliest tokens; NaN for fewer than two. */
function zipfExponent(scores: Float32Array, m: number): number {
  const best = topIndices(scores, m);
  let products = 0;
  let squares = 0;
  for (let i = 0; i + 1 < best.length; i++) {
    const rankRatio = Math.log((i + 2) / (i + 1));
    products += rankRatio * (scores[best[i]!]! - scores[best[i + 1]!]!);
    squares += rankRatio * rankRatio;
  }
  return products / squares;
}

/** How many of the likeliest tokens have a surprise of at most μ together, by Zipf's law; at least 1. */
function tokensBelow(mu: number, exponent: number, vocabSize: number): number {
  const excess = exponent - 1;
  const k = ((excess * 2 ** mu) / (1 - vocabSize ** -excess)) ** (1 / exponent);
  return k >= 1 ? Math.floor(k) : 1;
}

/**
 * Mirostat: draws from the k likeliest tokens, with k such that under Zipf's law (exponent ŝ, estimated from
 * the m likeliest) their surprise comes to μ: `k = ((ε 2^μ) / (1 - N^-ε))^(1/ŝ)`, `ε = ŝ - 1`, N = vocabSize;
 * and moves μ so that the surprise of what is drawn comes to τ: `μ ← μ - η (-log2 p - τ)`, p being the drawn
 * token's probability among those left. μ begins at 2 τ. Among equal scores the lower ids are left.
 *
 * @param tau the surprise aimed at, in bits; a finite number > 0, llama.cpp's default is 5
 * @param options `eta`, `m`
 * @returns a sampler with the state `{ mu }`, whose results carry `draw` (the uniform number; ids in
 *   ascending order, as in `categorical`) and the next state. It throws NextTokenError `no-candidates` and
 *   `invalid-scores` before anything is drawn. Cost: one exponential for each candidate, two selections.
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * It truncates by itself: put nothing but a temperature before it.
 * Source: Basu et al., "Mirostat: A Neural Text Decoding Algorithm that Directly Controls Perplexity", 2021;
 * llama.cpp `llama_sampler_init_mirostat` (the paper's own code takes p before truncation). On a row so flat
 * that k exceeds an int, llama.cpp's cast is undefined and mostly leaves one token; here all stay.
 */
export function mirostat(tau: number, options: MirostatOptions = {}): Sampler<MirostatState> {
  checkPositive('mirostat', 'tau', tau);
  checkOptionNames('mirostat', options, ['eta', 'm']);
  const { eta = 0.1, m = 100 } = options;
  checkFinite('mirostat', 'eta', eta, 0);
  checkInteger('mirostat', 'm', m, 2);
  return {
    kind: 'sampler',
    type: 'mirostat',
    parameters: { tau, eta, m },
    initialState: () => ({ mu: 2 * tau }),
    sample(scores, { random, row }, { mu }) {
      const { weights, total } = candidateWeights('mirostat', scores, row);
      const k = tokensBelow(mu, zipfExponent(scores, m), scores.length);
      let kept = total;
      if (k < scores.length) {
        keepHighest(scores, k, weights, 0);
        kept = 0;
        for (let i = 0; i < weights.length; i++) kept += weights[i]!;
      }
      return drawWithFeedback(weights, kept, random, { mu, tau, eta });
    },
  };
}
