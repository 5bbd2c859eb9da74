import { align } from './align';
import type { BlockFormat } from './block-format';

/** bfloat16: the upper half of a float32's bits. */
export const bfloat16: BlockFormat = {
  name: 'BF16',
  blockSize: 1,
  blockBytes: 2,
  dequantize(bytes, values) {
    const aligned = align(bytes, 2);
    const upper = new Uint16Array(aligned.buffer, aligned.byteOffset, values.length);
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (let i = 0; i < bits.length; i++) bits[i] = upper[i]! << 16;
  },
};
