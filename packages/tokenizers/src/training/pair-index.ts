/** Numbers pairs of ids in the order they are met: 0, 1, 2, … */
export interface PairIndex {
  readonly size: number;
  /** The pair's number; -1 when it was never added. */
  find(left: number, right: number): number;
  /** The pair's number, a new one when it has none. */
  add(left: number, right: number): number;
  left(pair: number): number;
  right(pair: number): number;
}

/**
 * A hash table of pairs in typed arrays (open addressing, half full at most): no object a pair, no key that is a
 * floating-point number. Ids are integers in [0, 2^31). Cost O(1) a call, amortised; 20 to 40 bytes a pair.
 */
export function createPairIndex(expected = 1024): PairIndex {
  let capacity = 16;
  while (capacity < expected * 2) capacity *= 2;
  let slots = new Int32Array(capacity).fill(-1);
  let lefts = new Int32Array(capacity >> 1);
  let rights = new Int32Array(capacity >> 1);
  let size = 0;

  const slotOf = (left: number, right: number): number => {
    const mask = capacity - 1;
    let slot = hash(left, right) & mask;
    for (let pair = slots[slot]!; pair !== -1; pair = slots[slot]!) {
      if (lefts[pair] === left && rights[pair] === right) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const grow = () => {
    capacity *= 2;
    slots = new Int32Array(capacity).fill(-1);
    lefts = widened(lefts, capacity >> 1);
    rights = widened(rights, capacity >> 1);
    for (let pair = 0; pair < size; pair++) slots[slotOf(lefts[pair]!, rights[pair]!)] = pair;
  };
  return {
    get size() {
      return size;
    },
    find: (left, right) => slots[slotOf(left, right)]!,
    add(left, right) {
      let slot = slotOf(left, right);
      const known = slots[slot]!;
      if (known !== -1) return known;
      if (size === capacity >> 1) {
        grow();
        slot = slotOf(left, right);
      }
      lefts[size] = left;
      rights[size] = right;
      slots[slot] = size;
      return size++;
    },
    left: (pair) => lefts[pair]!,
    right: (pair) => rights[pair]!,
  };
}

function hash(left: number, right: number): number {
  const mixed = Math.imul(left ^ (right << 16) ^ (right >>> 16), 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function widened(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}
