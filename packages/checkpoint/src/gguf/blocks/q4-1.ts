import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q4_1: 32 values of 4 bits under a half-precision scale d and minimum m; `w = d · q + m`.
 * The product has 15 bits and the sum fits a double exactly, so storing it rounds once, as float32 does.
 * Layout: d (2 bytes), m (2), 16 bytes; byte i holds value i in its low half and value 16 + i in its high half.
 */
export const q4_1: BlockFormat = {
  name: 'Q4_1',
  blockSize: 32,
  blockBytes: 20,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 20, to += 32) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      const m = table[bytes[from + 2]! | (bytes[from + 3]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + 4 + i]!;
        values[to + i] = d * (pair & 15) + m;
        values[to + 16 + i] = d * (pair >> 4) + m;
      }
    }
  },
};
