import type { BlockRows } from './block-rows';

/**
 * Offsets as columns of the matrix itself, behind its own, for products that take float32 activations: every offset is
 * some 4-bit digits beside each other, multiplied with the sum of the input's block, a sixteenth of it, and so on: the
 * input carries the digits' weights, so that all of a row's have one scale.
 */
export function digitWeights(digits: number): readonly number[] {
  return Array.from({ length: digits }, (_, digit) => ratio ** -digit);
}

/** Above it the first digit would be 8, which four bits with a sign do not have. */
const largest = 7.4;
const bits = 4;
const middle = 8;
const ratio = 16;

/** Further blocks of a row, the last one perhaps not full. */
export function digitBlocks(digits: number, rowBlocks: number, blockSize: number): number {
  return Math.ceil((digits * rowBlocks) / blockSize);
}

/**
 * Moves offsets into columns, with an error of at most 1/14.8 · 16^(1 − digits) of the row's largest offset. No code and no scale of the
 * matrix itself changes.
 * @param rows 4-bit blocks `scale · (code − 8) + offset`
 * @param rowBlocks blocks of a row
 */
export function withOffsetDigits(
  digits: number,
  { codes, scales, offsets }: BlockRows,
  rowBlocks: number,
  blockSize: number,
): Pick<BlockRows, 'codes' | 'scales'> {
  const more = digitBlocks(digits, rowBlocks, blockSize);
  const count = scales.length / rowBlocks;
  const blockBytes = (blockSize * bits) / 8;
  const whole = rowBlocks + more;
  const result = {
    codes: new Uint8Array(count * whole * blockBytes).fill((middle << bits) | middle),
    scales: new Float32Array(count * whole),
  };
  for (let row = 0; row < count; row++) {
    const from = row * rowBlocks;
    const to = row * whole;
    result.codes.set(codes.subarray(from * blockBytes, (from + rowBlocks) * blockBytes), to * blockBytes);
    result.scales.set(scales.subarray(from, from + rowBlocks), to);
    let most = 0;
    for (let block = from; block < from + rowBlocks; block++) {
      const size = Math.abs(offsets![block]!);
      if (size > most) most = size;
    }
    const step = Math.fround(most / largest);
    if (step === 0) continue;
    result.scales.fill(step, to + rowBlocks, to + whole);
    const steps = ratio ** (digits - 1) / step;
    const start = (to + rowBlocks) * blockBytes;
    for (let block = 0; block < rowBlocks; block++) {
      let left = Math.round(offsets![from + block]! * steps);
      for (let digit = digits - 1; digit >= 0; digit--) {
        const low = ((left + middle) & (ratio - 1)) - middle;
        left = (left - low) / ratio;
        const column = block * digits + digit;
        const shift = (column & 1) * bits;
        const at = start + (column >> 1);
        result.codes[at] = (result.codes[at]! & (0xf0 >> shift)) | ((low + middle) << shift);
      }
    }
  }
  return result;
}
