import { floatBits, orderKey } from './order-key';

const counts = /* @__PURE__ */ new Int32Array(2048);

/** Digits of a key from the highest down: 11, 11 and 10 bits. */
const digits = [
  [21, 2047],
  [10, 2047],
  [0, 1023],
] as const;

/**
 * The k-th largest value by radix selection: the upper 11 bits of its order key from a first histogram,
 * the next 11 and the last 10 from two more. NaN counts as -Infinity. Cost: three passes, whatever k is.
 */
export function kthLargestByRadix(scores: Float32Array, k: number): number {
  const bits = floatBits(scores);
  const size = bits.length;
  let rank = k;
  // The key as far as it is known. Its sign is turned round, so that digits are ordered as the values are.
  let known = 1 << 31;
  for (const [shift, mask] of digits) {
    counts.fill(0);
    for (let i = 0; i < size; i++) {
      // Where the upper digits are the known ones, what is left is the digit itself.
      const digit = (orderKey(bits[i]!) ^ known) >>> shift;
      if (digit <= mask) counts[digit]!++;
    }
    let digit: number = mask;
    while (counts[digit]! < rank) rank -= counts[digit--]!;
    known ^= digit << shift;
  }
  return valueOfKey(known);
}

function valueOfKey(key: number): number {
  const bits = Int32Array.of(key >= 0 ? key : -key | 0x80000000);
  return new Float32Array(bits.buffer)[0]!;
}
