/** The bits of a row of float32 values, as signed 32-bit integers; a view, nothing is copied. */
export function floatBits(values: Float32Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}

/** The key of -Infinity. */
const lowestKey = -0x7f800000;

/**
 * Maps the bits of a float32 to a signed 32-bit integer that is ordered as the values are. -0 and 0 share
 * a key; NaN shares the lowest with -Infinity.
 */
export function orderKey(bits: number): number {
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return lowestKey;
  return bits >= 0 ? bits : -magnitude | 0;
}
