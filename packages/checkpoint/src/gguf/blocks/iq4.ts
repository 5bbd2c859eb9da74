import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/** The sixteen levels of ggml's non-linear 4-bit types. */
const levels = Int8Array.of(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113);

/**
 * ggml's IQ4_NL: 32 values, each one of sixteen uneven levels v under a half-precision scale d; `w = d · v`,
 * exact in float32. Layout: d (2 bytes), 16 bytes of indices as in Q4_0.
 */
export const iq4_nl: BlockFormat = {
  name: 'IQ4_NL',
  blockSize: 32,
  blockBytes: 18,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 18, to += 32) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + 2 + i]!;
        values[to + i] = d * levels[pair & 15]!;
        values[to + 16 + i] = d * levels[pair >> 4]!;
      }
    }
  },
};

/**
 * ggml's IQ4_XS: 256 values on the levels v of IQ4_NL in 8 groups of 32, each with a 6-bit scale s under one
 * half-precision d; `w = d · (s − 32) · v`, rounded once.
 * Layout: d (2 bytes), upper two bits of the scales (2, two bits a group), their low halves (4, two groups a
 * byte), 128 bytes: 16 a group, as in IQ4_NL.
 */
export const iq4_xs: BlockFormat = {
  name: 'IQ4_XS',
  blockSize: 256,
  blockBytes: 136,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 136, to += 256) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      const upper = bytes[from + 2]! | (bytes[from + 3]! << 8);
      for (let group = 0; group < 8; group++) {
        const low = (bytes[from + 4 + (group >> 1)]! >> ((group & 1) * 4)) & 15;
        const scale = d * ((low | (((upper >> (group * 2)) & 3) << 4)) - 32);
        const at = to + group * 32;
        for (let i = 0; i < 16; i++) {
          const pair = bytes[from + 8 + group * 16 + i]!;
          values[at + i] = scale * levels[pair & 15]!;
          values[at + 16 + i] = scale * levels[pair >> 4]!;
        }
      }
    }
  },
};
