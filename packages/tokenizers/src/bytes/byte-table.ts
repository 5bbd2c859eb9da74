/** Ids by byte strings, in typed arrays. */
export interface ByteTable {
  /** The id of the bytes `[from, to)`, -1 where they have none. */
  find(bytes: Uint8Array, from: number, to: number): number;
}

/**
 * @param arena all byte strings, one behind the other
 * @param starts where each id's bytes begin; one entry more than ids; an id without bytes is unused
 * Cost: O(bytes) to make and to ask.
 */
export function createByteTable(arena: Uint8Array, starts: Int32Array): ByteTable {
  let size = 16;
  while (size < 2 * starts.length) size *= 2;
  const mask = size - 1;
  const slots = new Int32Array(size);
  let longest = 0;
  for (let id = 0; id + 1 < starts.length; id++) {
    const [from, to] = [starts[id]!, starts[id + 1]!];
    if (from === to) continue;
    longest = Math.max(longest, to - from);
    let slot = hashBytes(arena, from, to) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = id + 1;
  }
  return {
    find(bytes, from, to) {
      const length = to - from;
      if (length > longest) return -1;
      for (let slot = hashBytes(bytes, from, to) & mask; ; slot = (slot + 1) & mask) {
        const id = slots[slot]! - 1;
        if (id === -1) return -1;
        const start = starts[id]!;
        if (starts[id + 1]! - start !== length) continue;
        let i = 0;
        while (i < length && arena[start + i] === bytes[from + i]) i += 1;
        if (i === length) return id;
      }
    },
  };
}

function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
