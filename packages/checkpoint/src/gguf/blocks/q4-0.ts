import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q4_0: 32 values of 4 bits under one half-precision scale d; `w = d · (q − 8)`, exact in float32.
 * Layout: d (2 bytes), 16 bytes; byte i holds value i in its low half and value 16 + i in its high half.
 */
export const q4_0: BlockFormat = {
  name: 'Q4_0',
  blockSize: 32,
  blockBytes: 18,
  dequantize(bytes, values) {
    const table = float16Table();
    for (let from = 0, to = 0; to < values.length; from += 18, to += 32) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + 2 + i]!;
        values[to + i] = d * ((pair & 15) - 8);
        values[to + 16 + i] = d * ((pair >> 4) - 8);
      }
    }
  },
};
