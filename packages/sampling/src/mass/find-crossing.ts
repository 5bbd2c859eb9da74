import { reusable, sortIndices } from '@nexttoken/numeric';
import { bucketCount, bucketShift, keyBits } from './buckets';
import { findCrossingBySort } from './find-crossing-by-sort';
import type { Crossing, MassOrder } from './mass-order';

const bucketMasses = /* @__PURE__ */ new Float64Array(bucketCount);
const membersBuffer = /* @__PURE__ */ reusable((length) => new Int32Array(length));

/**
 * Finds the first token, in ascending order, at which the sum of the masses so far (itself included)
 * crosses a line. Only the bucket with the crossing is sorted; everything else is added up unsorted.
 *
 * Such a sum may differ from the one taken in order by some units in the last place of float64. Where
 * that could move the crossing, everything is sorted instead: the result is always that of
 * {@link findCrossingBySort}.
 *
 * @param crosses whether a sum is beyond the line; once true, true for every larger sum
 * @returns undefined when the whole mass does not cross
 */
export function findCrossing(order: MassOrder, crosses: (sum: number) => boolean): Crossing | undefined {
  const { masses, ranks } = order;
  const bits = keyBits(order.keys);
  bucketMasses.fill(0);
  for (let id = 0; id < bits.length; id++) bucketMasses[bits[id]! >>> bucketShift]! += masses[id]!;

  const uncertainty = masses.length * 2 ** -52;
  let sum = 0;
  let bucket = 0;
  while (bucket < bucketCount && !crosses(sum + bucketMasses[bucket]!)) sum += bucketMasses[bucket++]!;
  if (bucket === bucketCount) {
    return crosses(sum * (1 + uncertainty)) ? findCrossingBySort(order, crosses) : undefined;
  }

  const members = sortedMembers(bits, bucket, ranks);
  for (let position = 0; position < members.length; position++) {
    const before = sum;
    sum += masses[members[position]!]!;
    if (crosses(sum)) {
      const certain = !crosses(before * (1 + uncertainty)) && crosses(sum * (1 - uncertainty));
      return certain ? { bucket, members, position } : findCrossingBySort(order, crosses);
    }
  }
  return findCrossingBySort(order, crosses);
}

function sortedMembers(bits: Int32Array, bucket: number, ranks: Float32Array): Int32Array {
  const buffer = membersBuffer(bits.length);
  let count = 0;
  for (let id = bits.length - 1; id >= 0; id--) {
    if (bits[id]! >>> bucketShift === bucket) buffer[count++] = id;
  }
  return sortIndices(buffer.subarray(0, count), ranks, 'ascending');
}
