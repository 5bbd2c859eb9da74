import { sortIndices } from '@nexttoken/numeric';
import type { Crossing, MassOrder } from './mass-order';

/**
 * The plain form of `findCrossing`: sorts all tokens and sums up in that order, in float64. Everything
 * is a member of one bucket.
 */
export function findCrossingBySort(
  order: MassOrder,
  crosses: (sum: number) => boolean,
): Crossing | undefined {
  const size = order.ranks.length;
  const members = sortIndices(
    Int32Array.from({ length: size }, (_, i) => size - 1 - i),
    order.ranks,
    'ascending',
  );
  let sum = 0;
  for (let position = 0; position < size; position++) {
    sum += order.masses[members[position]!]!;
    if (crosses(sum)) return { bucket: 0, members, position };
  }
  return undefined;
}
