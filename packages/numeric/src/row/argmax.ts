import { maximum } from './maximum';

/**
 * Index of the first largest value. NaN entries are passed over.
 *
 * @param scores shape `[vocabSize]`
 * @returns 0 for a row of nothing but -Infinity; -1 for an empty row or one of nothing but NaN
 */
export function argmax(scores: Float32Array): number {
  return scores.indexOf(maximum(scores));
}
