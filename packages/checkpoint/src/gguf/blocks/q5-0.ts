import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q5_0: 32 values of 5 bits under one half-precision scale d; `w = d · (q − 16)`, exact in float32.
 * Layout: d (2 bytes), the fifth bits (4, bit i for value i), 16 bytes of low halves as in Q4_0.
 */
export const q5_0: BlockFormat = {
  name: 'Q5_0',
  blockSize: 32,
  blockBytes: 22,
  dequantize(bytes, values) {
    const table = float16Table();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let from = 0, to = 0; to < values.length; from += 22, to += 32) {
      const d = table[view.getUint16(from, true)]!;
      const fifth = view.getUint32(from + 2, true);
      for (let i = 0; i < 16; i++) {
        const pair = bytes[from + 6 + i]!;
        values[to + i] = d * (((pair & 15) | (((fifth >>> i) & 1) << 4)) - 16);
        values[to + 16 + i] = d * (((pair >> 4) | (((fifth >>> (i + 16)) & 1) << 4)) - 16);
      }
    }
  },
};
