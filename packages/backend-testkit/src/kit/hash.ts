/** A number in [0, 2^32) from two whole numbers: the 32-bit finalizer of MurmurHash3 over both. */
export function hash(seed: number, position: number): number {
  let h = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca77)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
