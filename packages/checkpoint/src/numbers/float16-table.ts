let table: Float32Array | undefined;

/**
 * All 65,536 half-precision numbers (IEEE 754 binary16) as float32, by their bits: `table[bits]`.
 * Built on first use (256 KiB). A NaN becomes a NaN.
 */
export function float16Table(): Float32Array {
  if (table) return table;
  const built = new Float32Array(65536);
  for (let bits = 0; bits < 65536; bits++) built[bits] = decode(bits);
  table = built;
  return built;
}

function decode(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
