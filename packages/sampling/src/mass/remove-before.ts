import { bucketShift, keyBits } from './buckets';
import type { Crossing } from './mass-order';

/** Removes every token that comes before the crossing. */
export function removeBefore(crossing: Crossing, keys: Float32Array, scores: Float32Array): void {
  const bits = keyBits(keys);
  for (let id = 0; id < bits.length; id++) {
    if (bits[id]! >>> bucketShift < crossing.bucket) scores[id] = Number.NEGATIVE_INFINITY;
  }
  for (let i = 0; i < crossing.position; i++) scores[crossing.members[i]!] = Number.NEGATIVE_INFINITY;
}
