import { kthLargest } from '@nexttoken/numeric';
import { lowestFinite } from './list-between';

/** One score in so many is looked at; prime, so that no pattern of a vocabulary keeps in step with it. */
const stride = 61;

/** Rows shorter than this are not worth a guess. */
const shortest = 4096;

/**
 * A score that a little more than k scores reach, by a sample of the row. That it is not too high has to be checked:
 * in one row of some thousands it is, more often where the row is far from shuffled.
 *
 * @param scratch shape `[vocabSize]`
 * @returns undefined where a sample would not help
 */
export function guessLine(row: Float32Array, k: number, scratch: Float32Array): number | undefined {
  const expected = k / stride;
  const rank = Math.ceil(expected + 4 * Math.sqrt(expected) + 2);
  const size = Math.floor(row.length / stride);
  if (row.length < shortest || rank * 4 > size) return undefined;
  for (let i = 0, id = stride >> 1; i < size; i++, id += stride) scratch[i] = row[id]!;
  return Math.max(lowestFinite, kthLargest(scratch.subarray(0, size), rank));
}
