import { floatBits, orderKey } from './order-key';

const counts = /* @__PURE__ */ new Int32Array(2048);

/** Where the k-th largest key falls: the digit, and how many keys of this digit are needed still. */
function digitOfRank(rank: number): { digit: number; rank: number } {
  let digit = counts.length - 1;
  let left = rank;
  while (counts[digit]! < left) left -= counts[digit--]!;
  return { digit, rank: left };
}

/**
 * The k-th largest value by radix selection: the upper 11 bits of its order key from a first histogram,
 * the next 11 and the last 10 from two more. NaN counts as -Infinity. Cost: three passes, whatever k is.
 */
export function kthLargestByRadix(scores: Float32Array, k: number): number {
  const bits = floatBits(scores);
  const size = bits.length;

  counts.fill(0);
  for (let i = 0; i < size; i++) counts[(orderKey(bits[i]!) >> 21) + 1024]!++;
  const { digit: high, rank: highRank } = digitOfRank(k);
  const highBits = high - 1024;

  counts.fill(0);
  for (let i = 0; i < size; i++) {
    const key = orderKey(bits[i]!);
    if (key >> 21 === highBits) counts[(key >> 10) & 2047]!++;
  }
  const { digit: middle, rank: middleRank } = digitOfRank(highRank);
  const prefix = (highBits << 11) | middle;

  counts.fill(0);
  for (let i = 0; i < size; i++) {
    const key = orderKey(bits[i]!);
    if (key >> 10 === prefix) counts[key & 1023]!++;
  }
  return valueOfKey((prefix << 10) | digitOfRank(middleRank).digit);
}

function valueOfKey(key: number): number {
  const bits = Int32Array.of(key >= 0 ? key : -key | 0x80000000);
  return new Float32Array(bits.buffer)[0]!;
}
