let table: Float32Array | undefined;

/**
 * All 65,536 half-precision numbers (IEEE 754 binary16) as float32, by their bits: `table[bits]`.
 * Built on first use (256 KiB). A NaN becomes a NaN.
 */
export function float16Table(): Float32Array {
  if (table) return table;
  const built = new Float32Array(65536);
  const words = new Uint32Array(built.buffer);
  const negative = 0x8000;
  for (let fraction = 0; fraction < 0x400; fraction++) {
    built[fraction] = fraction * 2 ** -24;
    built[negative | fraction] = -fraction * 2 ** -24;
  }
  // Both formats hold sign, exponent and fraction in this order; exponents are counted from 15 and from 127.
  for (let bits = 0x400; bits < 0x7c00; bits++) {
    words[bits] = (bits << 13) + ((127 - 15) << 23);
    words[negative | bits] = words[bits]! | 0x80000000;
  }
  for (const sign of [0, negative]) built.fill(Number.NaN, sign | 0x7c00, (sign | 0x7fff) + 1);
  built[0x7c00] = Number.POSITIVE_INFINITY;
  built[negative | 0x7c00] = Number.NEGATIVE_INFINITY;
  table = built;
  return built;
}
