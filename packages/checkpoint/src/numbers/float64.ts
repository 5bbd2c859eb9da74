import { align } from './align';
import type { BlockFormat } from './block-format';

/** IEEE 754 double precision, rounded to the nearest float32. */
export const float64: BlockFormat = {
  name: 'F64',
  blockSize: 1,
  blockBytes: 8,
  dequantize(bytes, values) {
    const aligned = align(bytes, 8);
    values.set(new Float64Array(aligned.buffer, aligned.byteOffset, values.length));
  },
};
