import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q5_1: 32 values of 5 bits under a half-precision scale d and minimum m; `w = d · q + m`, rounded once.
 * Layout: d (2 bytes), m (2), the fifth bits (4, bit i for value i), 16 bytes of low halves as in Q4_1.
 */
export const q5_1: BlockFormat = {
  name: 'Q5_1',
  blockSize: 32,
  blockBytes: 24,
  dequantize(bytes, values) {
    const table = float16Table();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let from = 0, to = 0; to < values.length; from += 24, to += 32) {
      const d = table[view.getUint16(from, true)]!;
      const m = table[view.getUint16(from + 2, true)]!;
      const fifth = view.getUint32(from + 4, true);
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + 8 + i]!;
        values[to + i] = d * ((pair & 15) | (((fifth >>> i) & 1) << 4)) + m;
        values[to + 16 + i] = d * ((pair >> 4) | (((fifth >>> (i + 16)) & 1) << 4)) + m;
      }
    }
  },
};
