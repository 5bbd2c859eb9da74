import { candidateIndices } from './candidate-indices';
import { sortIndices } from './sort-indices';

/**
 * The candidates of a row (every index above -Infinity; NaN is left out) from the lowest score to the
 * highest; among equal scores the lower index comes first. A linear radix sort, no comparator.
 *
 * @param scores shape `[vocabSize]`, not changed
 * @param out at least as long as `scores`, for reuse. Default: a new array
 * @returns the written beginning of `out` (a view)
 */
export function ascendingIndices(scores: Float32Array, out?: Int32Array): Int32Array {
  return sortIndices(candidateIndices(scores, out), scores, 'ascending');
}
