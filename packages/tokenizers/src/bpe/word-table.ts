import { growInts, type IntBuffer } from '../text/int-buffer';

/** Remembers what short words were encoded to. */
export interface WordTable {
  /** Appends the ids of the word `[start, end)`; false when it is not known, or too long to be. */
  copy(text: string, start: number, end: number, ids: IntBuffer): boolean;
  /** Remembers the ids from `from` on as those of the word that `copy` was just asked for. */
  add(text: string, start: number, end: number, ids: IntBuffer, from: number): void;
}

const longest = 64;
const words = 2 ** 16;
const slotMask = 2 * words - 1;

/**
 * A hash table over the words' UTF-16 units: no string is made to look one up. It starts anew when it is full
 * (65,536 words; at most 6 MB, taken as it fills).
 */
export function createWordTable(): WordTable {
  const slots = new Int32Array(slotMask + 1);
  const hashes = new Int32Array(words);
  const unitStarts = new Int32Array(words + 1);
  const idStarts = new Int32Array(words + 1);
  const units = new Uint16Array(16 * words);
  const known = new Int32Array(4 * words);
  let count = 0;
  let askedHash = 0;
  let askedSlot = 0;

  const same = (word: number, text: string, start: number, length: number): boolean => {
    const at = unitStarts[word]!;
    if (unitStarts[word + 1]! - at !== length) return false;
    for (let i = 0; i < length; i++) if (units[at + i] !== text.charCodeAt(start + i)) return false;
    return true;
  };
  return {
    copy(text, start, end, ids) {
      const length = end - start;
      if (length > longest) return false;
      let hash = length;
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      hash ^= hash >>> 15;
      askedHash = hash;
      let slot = hash & slotMask;
      for (;;) {
        const word = slots[slot]! - 1;
        if (word === -1) {
          askedSlot = slot;
          return false;
        }
        if (hashes[word] === hash && same(word, text, start, length)) {
          const from = idStarts[word]!;
          const to = idStarts[word + 1]!;
          if (ids.length + to - from > ids.data.length) growInts(ids, ids.length + to - from);
          const { data } = ids;
          let at = ids.length;
          for (let i = from; i < to; i++) data[at++] = known[i]!;
          ids.length = at;
          return true;
        }
        slot = (slot + 1) & slotMask;
      }
    },
    add(text, start, end, ids, from) {
      const length = end - start;
      if (length > longest) return;
      const added = ids.length - from;
      const full =
        count === words ||
        unitStarts[count]! + length > units.length ||
        idStarts[count]! + added > known.length;
      if (full) {
        slots.fill(0);
        count = 0;
        askedSlot = askedHash & slotMask;
      }
      const unit = unitStarts[count]!;
      for (let i = 0; i < length; i++) units[unit + i] = text.charCodeAt(start + i);
      const first = idStarts[count]!;
      for (let i = 0; i < added; i++) known[first + i] = ids.data[from + i]!;
      hashes[count] = askedHash;
      unitStarts[count + 1] = unit + length;
      idStarts[count + 1] = first + added;
      count += 1;
      slots[askedSlot] = count;
    },
  };
}
