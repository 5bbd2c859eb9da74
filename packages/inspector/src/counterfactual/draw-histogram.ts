import { checkOptionNames, invalidParameter, type Sampler, type Tokenizer } from '@nexttoken/model';
import { createRandom, logSumExp, topIndices } from '@nexttoken/numeric';
import { categorical } from '@nexttoken/sampling';
import { checkRow } from '../next-token/check-row';
import { displayToken } from '../token/display-token';
import type { DrawHistogram } from './counterfactual-data';

export interface DrawHistogramOptions {
  /** How many draws, an integer in [1, 1 000 000]; default 1000. */
  readonly count?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Default `categorical()`. */
  // biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
  readonly sampler?: Sampler<any> | undefined;
  /** Tokens listed, an integer >= 0; default 20. */
  readonly top?: number | undefined;
  readonly tokenizer?: Tokenizer | undefined;
}

/**
 * Draws many times from one row and counts, beside what theory says: `expected = count · softmax(scores)`. The sampler's
 * state starts anew with every draw.
 *
 * @param scores processed, shape `[vocabSize]`, not changed
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `invalid-scores`, `no-candidates`
 * Cost: `count` samplings.
 */
export function drawHistogram(scores: Float32Array, options: DrawHistogramOptions = {}): DrawHistogram {
  const owner = 'drawHistogram';
  checkOptionNames(owner, options, ['count', 'seed', 'sampler', 'top', 'tokenizer']);
  const { count = 1000, seed = 0, sampler = categorical(), top = 20, tokenizer } = options;
  if (!Number.isInteger(count) || count < 1 || count > 1e6) {
    throw invalidParameter(owner, 'count', count, 'an integer in [1, 1000000]');
  }
  if (!Number.isInteger(top) || top < 0) throw invalidParameter(owner, 'top', top, 'an integer >= 0');
  checkRow(owner, scores);
  const random = createRandom(seed);
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const { id } = sampler.sample(scores, { random, row: 0 }, sampler.initialState?.());
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const logTotal = logSumExp(scores);
  const rows = Array.from(topIndices(scores, top), (id) => {
    const share = Math.exp(scores[id]! - logTotal);
    const drawn = counts.get(id) ?? 0;
    return { id, token: displayToken(tokenizer, id), share, drawn, expected: count * share };
  });
  const listed = rows.reduce((sum, { share }) => sum + share, 0);
  const shown = rows.reduce((sum, { drawn }) => sum + drawn, 0);
  const others = {
    tokens: scores.length - rows.length,
    share: Math.max(0, 1 - listed),
    drawn: count - shown,
  };
  return { count, seed, rows, others };
}
