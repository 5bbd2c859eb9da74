import type { CandidateList } from './candidate-list';

/** Longer lists are not worth a table. */
const longest = 8192;

/** Finds positions in a list by id, and keeps its buffers. */
export interface NameTable {
  /** 1 + a position, or 0: open addressing, at least four slots for each id of the list. */
  slots: Int32Array;
  /** The renamed ids. */
  names: Int32Array;
}

export function createNameTable(): NameTable {
  return { slots: new Int32Array(4 * longest), names: new Int32Array(1024) };
}

/**
 * Renames ids so that the list is the vocabulary: a listed id becomes its position in the list, any other one a
 * number beyond it that no other id has.
 *
 * @returns shape `[ids.length]`, valid until the next call; undefined for a long list, or what is no id
 */
export function renameIds(
  table: NameTable,
  list: CandidateList,
  ids: ArrayLike<number>,
): Int32Array | undefined {
  const { count } = list;
  if (count > longest) return undefined;
  if (table.names.length < ids.length) table.names = new Int32Array(2 * ids.length);
  const bits = Math.max(8, 34 - Math.clz32(count));
  fillSlots(table.slots, list, bits);
  return nameAll(table, list, ids, bits) ? table.names.subarray(0, ids.length) : undefined;
}

/** Fibonacci hashing: the upper bits of a product. */
function fillSlots(slots: Int32Array, { ids, count }: CandidateList, bits: number): void {
  const shift = 32 - bits;
  const last = 2 ** bits - 1;
  slots.fill(0, 0, last + 1);
  for (let position = 0; position < count; position++) {
    let slot = Math.imul(ids[position]!, 0x9e3779b1) >>> shift;
    while (slots[slot] !== 0) slot = (slot + 1) & last;
    slots[slot] = position + 1;
  }
}

function nameAll(
  { slots, names }: NameTable,
  list: CandidateList,
  ids: ArrayLike<number>,
  bits: number,
): boolean {
  const { count } = list;
  const listed = list.ids;
  const shift = 32 - bits;
  const last = 2 ** bits - 1;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!(id >= 0)) return false;
    let slot = Math.imul(id, 0x9e3779b1) >>> shift;
    let position = slots[slot]! - 1;
    while (position >= 0 && listed[position] !== id) {
      slot = (slot + 1) & last;
      position = slots[slot]! - 1;
    }
    names[i] = position >= 0 ? position : count + id;
  }
  return true;
}
