import type { BlockRows } from './block-rows';

/**
 * Offsets as columns of the matrix itself, behind its own: multiplied with the sums of the input's blocks, which the
 * input repeats there `copies` times. The first copy meets a coarse digit of the offsets, the last one a fine digit,
 * a sixteenth of it; what lies between meets zeros, so that both digits have blocks, and with them scales, of their own.
 */
export interface OffsetColumns {
  /** How often the input repeats its sums. */
  readonly copies: number;
  /** Further columns of the matrix. */
  readonly columns: number;
  /** Further blocks of a row, the last one perhaps not full. */
  readonly blocks: number;
  /** First column of the fine digit, behind the matrix's own. */
  readonly fine: number;
}

/** The largest digits are 7 and 7/16; this little less leaves room for rounding. */
const largest = 7.4;
const bits = 4;
const middle = 8;
const ratio = 16;

/** Where the columns lie for a matrix whose rows have this many blocks. */
export function offsetColumns(rowBlocks: number, blockSize: number): OffsetColumns {
  const coarseEnd = Math.ceil(rowBlocks / blockSize) * blockSize;
  const skipped = Math.ceil(coarseEnd / rowBlocks);
  const columns = (skipped + 1) * rowBlocks;
  return {
    copies: skipped + 1,
    columns,
    blocks: Math.ceil(columns / blockSize),
    fine: skipped * rowBlocks,
  };
}

/**
 * Moves offsets into zero points and columns. Each block's zero point takes the nearest integer part of its offset;
 * what is left, half a step or less of most blocks, becomes two 4-bit digits, with an error of at most 1/237 of the
 * row's largest rest. No code and no scale of the matrix itself changes.
 * @param rows 4-bit blocks `scale · (code − 8) + offset`
 * @param rowBlocks blocks of a row
 */
export function withOffsetColumns(
  { codes, scales, offsets }: BlockRows,
  rowBlocks: number,
  blockSize: number,
): Required<Omit<BlockRows, 'offsets'>> {
  const { blocks: more, fine } = offsetColumns(rowBlocks, blockSize);
  const count = scales.length / rowBlocks;
  const blockBytes = (blockSize * bits) / 8;
  const whole = rowBlocks + more;
  const result = {
    codes: new Uint8Array(count * whole * blockBytes).fill((middle << bits) | middle),
    scales: new Float32Array(count * whole),
    zeros: new Uint8Array(count * whole).fill(middle),
  };
  const rest = new Float64Array(rowBlocks);
  for (let row = 0; row < count; row++) {
    const from = row * rowBlocks;
    const to = row * whole;
    result.codes.set(codes.subarray(from * blockBytes, (from + rowBlocks) * blockBytes), to * blockBytes);
    result.scales.set(scales.subarray(from, from + rowBlocks), to);
    let most = 0;
    for (let block = 0; block < rowBlocks; block++) {
      const scale = scales[from + block]!;
      const offset = offsets![from + block]!;
      const wanted = scale === 0 ? middle : middle - offset / scale;
      const zero = wanted <= 0 ? 0 : wanted >= 15 ? 15 : (wanted + 0.5) | 0;
      const left = offset + scale * (zero - middle);
      result.zeros[to + block] = zero;
      rest[block] = left;
      if (left > most) most = left;
      else if (-left > most) most = -left;
    }
    const step = Math.fround(most / largest);
    const first = to + rowBlocks;
    for (let block = 0; block < more; block++)
      result.scales[first + block] = (block + 1) * blockSize > fine ? step / ratio : step;
    if (step === 0) continue;
    const steps = ratio / step;
    const start = first * blockBytes;
    for (let block = 0; block < rowBlocks; block++) {
      // Rounds; adding first keeps what is cut off positive.
      const both = ((rest[block]! * steps + 1024.5) | 0) - 1024;
      const low = ((both + middle) & (ratio - 1)) - middle;
      put(result.codes, start, block, (both - low) / ratio);
      put(result.codes, start, fine + block, low);
    }
  }
  return result;
}

/** Writes a digit, -8 to 7, over a half byte. */
function put(codes: Uint8Array, start: number, column: number, digit: number): void {
  const at = start + (column >> 1);
  const shift = (column & 1) * bits;
  codes[at] = (codes[at]! & (0xf0 >> shift)) | ((digit + middle) << shift);
}
