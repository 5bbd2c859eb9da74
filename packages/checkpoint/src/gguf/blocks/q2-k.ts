import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q2_K: 256 values of 2 bits in 16 groups of 16, each with a 4-bit scale s and minimum m under the
 * half-precision d and dmin; `w = d · s · q − dmin · m`, rounded once.
 * Layout: s (low half) and m (high half) of the groups (16 bytes), 64 bytes, d (2), dmin (2). Each half of the
 * block (128 values) takes 32 of the 64 bytes; byte i holds value i of its four runs of 32, two bits a run.
 */
export const q2_k: BlockFormat = {
  name: 'Q2_K',
  blockSize: 256,
  blockBytes: 84,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 84, to += 256) {
      const d = table[bytes[from + 80]! | (bytes[from + 81]! << 8)]!;
      const dMinimum = table[bytes[from + 82]! | (bytes[from + 83]! << 8)]!;
      for (let group = 0; group < 16; group++) {
        const both = bytes[from + group]!;
        const scale = d * (both & 15);
        const minimum = dMinimum * (both >> 4);
        const quants = from + 16 + (group >> 3) * 32 + (group & 1) * 16;
        const shift = ((group >> 1) & 3) * 2;
        const at = to + group * 16;
        for (let i = 0; i < 16; i++) values[at + i] = scale * ((bytes[quants + i]! >> shift) & 3) - minimum;
      }
    }
  },
};
