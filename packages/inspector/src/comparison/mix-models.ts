import { invalidParameter } from '@nexttoken/model';
import type { ModelComparison } from './comparison-data';

/** Two models as one. */
export interface MixedModels {
  readonly lambda: number;
  /** Over the segments that both score. */
  readonly bitsPerByte: number;
  /** Of the first side's tokens: `2 ** (bits / tokens)`. */
  readonly perplexity: number;
  /** Bits of each segment; `undefined` where a side has none. */
  readonly bits: readonly (number | undefined)[];
}

/**
 * What both models of a comparison would give together: `p = λ · a + (1 − λ) · b`, segment by segment, without
 * reading anything again.
 *
 * Exact where both cut the text alike (an n-gram model beside a neural one over the same tokens); for other
 * tokenizers a segment's probability is that of its text in each side's own pieces.
 *
 * @param lambda in [0, 1]; 1: the first alone, 0: the second alone
 * @throws NextTokenError `invalid-parameter`
 */
export function mixModels({ segments }: ModelComparison, lambda: number): MixedModels {
  if (!(lambda >= 0 && lambda <= 1)) {
    throw invalidParameter('mixModels', 'lambda', lambda, 'a number in [0, 1]');
  }
  const bits = segments.map(({ bits: [a, b] }) => {
    if (a === undefined || b === undefined) return undefined;
    // log2(λ 2^-a + (1 - λ) 2^-b), from the larger of both.
    const low = Math.min(a, b);
    if (low === Number.POSITIVE_INFINITY) return low;
    return low - Math.log2(lambda * 2 ** (low - a) + (1 - lambda) * 2 ** (low - b));
  });
  let sum = 0;
  let bytes = 0;
  let tokens = 0;
  for (const [index, { start, end, pieces }] of segments.entries()) {
    if (bits[index] === undefined) continue;
    sum += bits[index];
    bytes += end - start;
    tokens += pieces[0].length;
  }
  return {
    lambda,
    bits,
    bitsPerByte: bytes === 0 ? 0 : sum / bytes,
    perplexity: 2 ** (tokens === 0 ? 0 : sum / tokens),
  };
}
