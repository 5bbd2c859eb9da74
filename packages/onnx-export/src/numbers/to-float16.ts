const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The bits of the half-precision number nearest to a float32, ties to even; what is too large becomes infinite. */
export function toFloat16(value: number): number {
  single[0] = value;
  const all = bits[0]!;
  const sign = (all >>> 16) & 0x8000;
  const rest = all & 0x7fffffff;
  if (rest > 0x7f800000) return sign | 0x7e00;
  if (rest >= 0x477ff000) return sign | 0x7c00;
  if (rest >= 0x38800000) {
    const rounded = rest - 0x38000000 + 0xfff + ((rest >>> 13) & 1);
    return sign | (rounded >>> 13);
  }
  if (rest < 0x33000000) return sign;
  const shift = 126 - (rest >>> 23);
  const mantissa = (rest & 0x7fffff) | 0x800000;
  const floor = mantissa >>> shift;
  const lost = mantissa & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (floor + (lost > tie || (lost === tie && (floor & 1) === 1) ? 1 : 0));
}
