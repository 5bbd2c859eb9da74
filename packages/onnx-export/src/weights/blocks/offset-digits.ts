import type { BlockRows } from './block-rows';

/** How many 4-bit digits an offset has. */
export type Digits = 3 | 4;

const ratio = 16;

/**
 * Offsets as columns of the matrix itself, behind its own, for products that take float32 activations: every offset is
 * some 4-bit digits beside each other, the last place first, multiplied with the sum of the input's block times these
 * weights. The input carries them, so that all of a row's digits have one scale.
 */
export function digitWeights(digits: Digits): readonly number[] {
  return Array.from({ length: digits }, (_, digit) => ratio ** (digit - digits + 1));
}

/** Above it the first digit would be 8, which four bits with a sign do not have. */
const largest = 7.4;
/** Two digits that are 0. */
const zeros = 0x88;

/** Further blocks of a row, the last one perhaps not full. */
export function digitBlocks(digits: Digits, rowBlocks: number, blockSize: number): number {
  return Math.ceil((digits * rowBlocks) / blockSize);
}

/**
 * Moves offsets into columns, in the room behind each row, with an error of at most 1/14.8 · 16^(1 − digits) of the row's
 * largest offset. No code and no scale of the matrix itself changes.
 * @param rows 4-bit blocks `scale · (code − 8) + offset`, with room for {@link digitBlocks}; written to
 * @param rowBlocks blocks of a row, without the room
 */
export function withOffsetDigits(
  digits: Digits,
  { codes, scales, offsets }: BlockRows,
  rowBlocks: number,
  blockSize: number,
): Pick<BlockRows, 'codes' | 'scales'> {
  const blockBytes = blockSize / 2;
  const whole = rowBlocks + digitBlocks(digits, rowBlocks, blockSize);
  // A digit is kept with 8 added: 0x888 or 0x8888 for a 0. What is rounded is never negative then.
  const zero = digits === 3 ? 0x888 : 0x8888;
  const rounding = zero + 0.5;
  for (let from = 0; from < scales.length; from += whole) {
    const own = from + rowBlocks;
    const end = from + whole;
    let most = 0;
    for (let block = from; block < own; block++) {
      const size = Math.abs(offsets![block]!);
      if (size > most) most = size;
    }
    const step = Math.fround(most / largest);
    for (let block = own; block < end; block++) scales[block] = step;
    const steps = step === 0 ? 0 : ratio ** (digits - 1) / step;
    let at = own * blockBytes;
    if (digits === 4)
      for (let block = from; block < own; block++) {
        const places = (offsets![block]! * steps + rounding) | 0;
        codes[at++] = places;
        codes[at++] = places >> 8;
      }
    else
      for (let block = from; block < own; block += 2) {
        const first = (offsets![block]! * steps + rounding) | 0;
        const second = block + 1 < own ? (offsets![block + 1]! * steps + rounding) | 0 : zero;
        const both = first | (second << 12);
        codes[at++] = both;
        codes[at++] = both >> 8;
        codes[at++] = both >> 16;
      }
    for (const last = end * blockBytes; at < last; at++) codes[at] = zeros;
  }
  return { codes, scales };
}
