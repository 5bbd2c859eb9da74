import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q8_0: 32 signed bytes q under one half-precision scale d; `w = d · q`, exact in float32.
 * Layout: d (2 bytes), q (32).
 */
export const q8_0: BlockFormat = {
  name: 'Q8_0',
  blockSize: 32,
  blockBytes: 34,
  dequantize(bytes, values) {
    const table = float16Table();
    const quants = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let from = 0, to = 0; to < values.length; from += 34, to += 32) {
      const d = table[bytes[from]! | (bytes[from + 1]! << 8)]!;
      for (let i = 0; i < 32; i++) values[to + i] = d * quants[from + 2 + i]!;
    }
  },
};
