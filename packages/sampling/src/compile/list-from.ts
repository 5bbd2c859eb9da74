import { chunkSize } from './chunk-size';

/** Where a scan stands; a single object, valid until the next call. */
interface Scan {
  /** The id to go on with. */
  next: number;
  /** Ids written so far. */
  count: number;
}

const scan: Scan = { next: 0, count: 0 };

/**
 * Appends the ids whose scores are not below `lowest` (NaN is among them), from `begin` on, until the chunk or the
 * row ends or `room` ids (and at most seven more) are there.
 *
 * Cost: one comparison a token.
 */
export function listFrom(
  row: Float32Array,
  begin: number,
  lowest: number,
  ids: Int32Array,
  alreadyThere: number,
  room: number,
): Scan {
  const end = Math.min(begin + chunkSize, row.length);
  const blocksEnd = end - 7;
  let count = alreadyThere;
  let i = begin;
  for (; i < blocksEnd && count < room; i += 8) {
    // All loads come before all comparisons: a tenth faster.
    const a = row[i]!;
    const b = row[i + 1]!;
    const c = row[i + 2]!;
    const d = row[i + 3]!;
    const e = row[i + 4]!;
    const f = row[i + 5]!;
    const g = row[i + 6]!;
    const h = row[i + 7]!;
    if (!(a < lowest)) ids[count++] = i;
    if (!(b < lowest)) ids[count++] = i + 1;
    if (!(c < lowest)) ids[count++] = i + 2;
    if (!(d < lowest)) ids[count++] = i + 3;
    if (!(e < lowest)) ids[count++] = i + 4;
    if (!(f < lowest)) ids[count++] = i + 5;
    if (!(g < lowest)) ids[count++] = i + 6;
    if (!(h < lowest)) ids[count++] = i + 7;
  }
  for (; i >= blocksEnd && i < end && count < room; i++) {
    if (!(row[i]! < lowest)) ids[count++] = i;
  }
  scan.next = i;
  scan.count = count;
  return scan;
}
