import { align } from './align';
import type { BlockFormat } from './block-format';

/** IEEE 754 single precision: copied bit by bit. */
export const float32: BlockFormat = {
  name: 'F32',
  blockSize: 1,
  blockBytes: 4,
  dequantize(bytes, values) {
    const aligned = align(bytes, 4);
    values.set(new Float32Array(aligned.buffer, aligned.byteOffset, values.length));
  },
};
