import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';
import { sixBitScales } from './six-bit-scales';

/**
 * ggml's Q5_K: 256 values of 5 bits in 8 groups of 32, scales and minimums as in Q4_K;
 * `w = d · s · q − dmin · m`, rounded once.
 * Layout: d (2 bytes), dmin (2), scales and minimums (12), fifth bits (32: bit g of byte i belongs to value i
 * of group g), 128 bytes of low halves as in Q4_K.
 */
export const q5_k: BlockFormat = {
  name: 'Q5_K',
  blockSize: 256,
  blockBytes: 176,
  dequantize(bytes, values) {
    const table = float16Table();
    const scales = new Uint8Array(16);
    for (let from = 0, to = 0; to < values.length; from += 176, to += 256) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      const dMinimum = table[bytes[from + 2]! | (bytes[from + 3]! << 8)]!;
      sixBitScales(bytes, from + 4, scales);
      for (let group = 0; group < 8; group++) {
        const scale = d * scales[group]!;
        const minimum = dMinimum * scales[8 + group]!;
        const fifth = from + 16;
        const quants = from + 48 + (group >> 1) * 32;
        const shift = (group & 1) * 4;
        const at = to + group * 32;
        for (let i = 0; i < 32; i++) {
          const q = ((bytes[quants + i]! >> shift) & 15) | (((bytes[fifth + i]! >> group) & 1) << 4);
          values[at + i] = scale * q - minimum;
        }
      }
    }
  },
};
