import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q3_K: 256 values of 3 bits in 16 groups of 16, each with a 6-bit scale s under one half-precision d;
 * `w = d · (s − 32) · (q − 4)`, exact in float32.
 * Layout: third bits (32 bytes: bit r of byte i belongs to value i of run r of 32), low two bits (64) as in
 * Q2_K, scales (12), d (2). Bytes 0 to 7 of the scales hold the low halves of groups 0 to 7 (low) and 8 to 15
 * (high); bytes 8 to 11 hold the upper two bits, group g in byte g mod 4 at bit 2 ⌊g / 4⌋.
 */
export const q3_k: BlockFormat = {
  name: 'Q3_K',
  blockSize: 256,
  blockBytes: 110,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 110, to += 256) {
      const d = table[bytes[from + 108]! | (bytes[from + 109]! << 8)]!;
      for (let group = 0; group < 16; group++) {
        const low = (bytes[from + 96 + (group & 7)]! >> ((group >> 3) * 4)) & 15;
        const high = (bytes[from + 104 + (group & 3)]! >> ((group >> 2) * 2)) & 3;
        const scale = d * ((low | (high << 4)) - 32);
        const third = from + (group & 1) * 16;
        const quants = from + 32 + (group >> 3) * 32 + (group & 1) * 16;
        const run = group >> 1;
        const shift = (run & 3) * 2;
        const at = to + group * 16;
        for (let i = 0; i < 16; i++) {
          const q = ((bytes[quants + i]! >> shift) & 3) | (((bytes[third + i]! >> run) & 1) << 2);
          values[at + i] = scale * (q - 4);
        }
      }
    }
  },
};
