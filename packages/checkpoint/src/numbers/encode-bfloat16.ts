/** float32 to the nearest bfloat16, ties to even, as bits. What is too large becomes infinite; a NaN becomes a NaN. */
export function encodeBfloat16(values: Float32Array): Uint16Array {
  const encoded = new Uint16Array(values.length);
  const all = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < all.length; i++) {
    const bits = all[i]!;
    const noNumber = (bits & 0x7fffffff) > 0x7f800000;
    encoded[i] = noNumber ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }
  return encoded;
}
