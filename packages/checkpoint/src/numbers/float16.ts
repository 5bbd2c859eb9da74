import { align } from './align';
import type { BlockFormat } from './block-format';
import { float16Table } from './float16-table';

/** IEEE 754 half precision; every value is a float32 too. */
export const float16: BlockFormat = {
  name: 'F16',
  blockSize: 1,
  blockBytes: 2,
  dequantize(bytes, values) {
    const aligned = align(bytes, 2);
    const bits = new Uint16Array(aligned.buffer, aligned.byteOffset, values.length);
    const table = float16Table();
    for (let i = 0; i < values.length; i++) values[i] = table[bits[i]!]!;
  },
};
