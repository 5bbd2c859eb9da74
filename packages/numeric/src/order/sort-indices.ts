import { floatBits, orderKey } from './order-key';

export type SortDirection = 'ascending' | 'descending';

interface SortBuffers {
  readonly length: number;
  readonly keys: Int32Array;
  readonly otherKeys: Int32Array;
  readonly otherIndices: Int32Array;
}

/** Digits of a key from the lowest up; the sign bit, in the last, is turned so that negative keys come first. */
const digits = [
  { shift: 0, mask: 2047, sign: 0 },
  { shift: 11, mask: 2047, sign: 0 },
  { shift: 22, mask: 1023, sign: 512 },
] as const;
const starts = /* @__PURE__ */ new Int32Array(2048);
let buffers: SortBuffers | undefined;

/** Buffers for at least `length` entries; they only grow. */
function buffersFor(length: number): SortBuffers {
  if (buffers === undefined || buffers.length < length) {
    buffers = {
      length,
      keys: new Int32Array(length),
      otherKeys: new Int32Array(length),
      otherIndices: new Int32Array(length),
    };
  }
  return buffers;
}

/**
 * Sorts indices by the values they point at, in place. Stable: equal values keep the order they had.
 * A radix sort on the values' bits (three passes, linear in the number of indices), an insertion sort
 * for a few. -0 equals 0, NaN equals -Infinity.
 *
 * @param indices what is sorted; each a position in `values`
 * @param values shape `[vocabSize]`, not changed
 * @returns `indices`
 */
export function sortIndices(indices: Int32Array, values: Float32Array, direction: SortDirection): Int32Array {
  const count = indices.length;
  const bits = floatBits(values);
  const flip = direction === 'descending' ? -1 : 0;
  const { keys, otherKeys, otherIndices } = buffersFor(count);
  for (let i = 0; i < count; i++) keys[i] = orderKey(bits[indices[i]!]!) ^ flip;
  if (count <= 32) insertionSort(keys, indices);
  else radixSort(keys, indices, otherKeys, otherIndices);
  return indices;
}

function insertionSort(keys: Int32Array, indices: Int32Array): void {
  for (let i = 1; i < indices.length; i++) {
    const key = keys[i]!;
    const index = indices[i]!;
    let place = i;
    while (place > 0 && keys[place - 1]! > key) {
      keys[place] = keys[place - 1]!;
      indices[place] = indices[place - 1]!;
      place--;
    }
    keys[place] = key;
    indices[place] = index;
  }
}

/** Least significant digit first; a digit that all keys share is passed over. */
function radixSort(
  keys: Int32Array,
  indices: Int32Array,
  otherKeys: Int32Array,
  otherIndices: Int32Array,
): void {
  const count = indices.length;
  let [fromKeys, toKeys] = [keys, otherKeys];
  let [fromIndices, toIndices] = [indices, otherIndices];
  for (const { shift, mask, sign } of digits) {
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[((fromKeys[i]! >>> shift) & mask) ^ sign]!++;
    if (starts[((fromKeys[0]! >>> shift) & mask) ^ sign] !== count) {
      let start = 0;
      for (let digit = 0; digit <= mask; digit++) {
        const size = starts[digit]!;
        starts[digit] = start;
        start += size;
      }
      for (let i = 0; i < count; i++) {
        const key = fromKeys[i]!;
        const place = starts[((key >>> shift) & mask) ^ sign]!++;
        toKeys[place] = key;
        toIndices[place] = fromIndices[i]!;
      }
      [fromKeys, toKeys] = [toKeys, fromKeys];
      [fromIndices, toIndices] = [toIndices, fromIndices];
    }
  }
  if (fromIndices !== indices) indices.set(fromIndices.subarray(0, count));
}
