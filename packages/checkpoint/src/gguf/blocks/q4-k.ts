import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';
import { sixBitScales } from './six-bit-scales';

/**
 * ggml's Q4_K: 256 values of 4 bits in 8 groups of 32, each with a 6-bit scale s and minimum m under the
 * half-precision d and dmin; `w = d · s · q − dmin · m`, rounded once.
 * Layout: d (2 bytes), dmin (2), scales and minimums (12), 128 bytes; the 32 bytes of a pair of groups hold
 * the first in their low halves and the second in their high halves.
 */
export const q4_k: BlockFormat = {
  name: 'Q4_K',
  blockSize: 256,
  blockBytes: 144,
  dequantize(bytes, values) {
    const table = float16Table();
    const scales = new Uint8Array(16);
    for (let from = 0, to = 0; to < values.length; from += 144, to += 256) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      const dMinimum = table[bytes[from + 2]! | (bytes[from + 3]! << 8)]!;
      sixBitScales(bytes, from + 4, scales);
      for (let group = 0; group < 8; group++) {
        const scale = d * scales[group]!;
        const minimum = dMinimum * scales[8 + group]!;
        const quants = from + 16 + (group >> 1) * 32;
        const shift = (group & 1) * 4;
        const at = to + group * 32;
        for (let i = 0; i < 32; i++) values[at + i] = scale * ((bytes[quants + i]! >> shift) & 15) - minimum;
      }
    }
  },
};
