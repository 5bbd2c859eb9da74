/**
 * float32 to the nearest half-precision number (IEEE 754 binary16), ties to even, as bits. What is too large becomes
 * infinite; a NaN becomes a NaN.
 */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const encoded = new Uint16Array(values.length);
  const all = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < all.length; i++) encoded[i] = encode(all[i]!);
  return encoded;
}

function encode(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // From 65520 on the nearest number is infinite.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const odd = (magnitude >>> 13) & 1;
    return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
  }
  if (magnitude <= 0x33000000) return sign;
  // Subnormal: steps of 2^-24.
  const shift = 126 - (magnitude >>> 23);
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  const half = 1 << (shift - 1);
  const odd = (fraction >>> shift) & 1;
  return sign | ((fraction + half - 1 + odd) >>> shift);
}
