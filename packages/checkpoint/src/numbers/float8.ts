import type { BlockFormat } from './block-format';

/** How the eight bits of a number are shared out; the sign is the highest. */
interface Float8Layout {
  readonly fractionBits: number;
  readonly bias: number;
  /** `ieee`: the highest exponent means infinity or NaN; `finite`: only all ones is NaN; `unsigned zero`: only minus zero is. */
  readonly special: 'ieee' | 'finite' | 'unsigned zero';
}

function decode(bits: number, { fractionBits, bias, special }: Float8Layout): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = bits & ((1 << fractionBits) - 1);
  const highest = (0x80 >> fractionBits) - 1;
  if (special === 'unsigned zero' && bits === 0x80) return Number.NaN;
  if (special === 'finite' && (bits & 0x7f) === 0x7f) return Number.NaN;
  if (special === 'ieee' && exponent === highest) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  const scale = 2 ** -fractionBits;
  if (exponent === 0) return sign * fraction * scale * 2 ** (1 - bias);
  return sign * (1 + fraction * scale) * 2 ** (exponent - bias);
}

/** A format of single bytes by a table of its 256 values, built on first use. */
function byteFormat(name: string, decodeByte: (bits: number) => number): BlockFormat {
  let table: Float32Array | undefined;
  return {
    name,
    blockSize: 1,
    blockBytes: 1,
    dequantize(bytes, values) {
      table ??= Float32Array.from({ length: 256 }, (_, bits) => decodeByte(bits));
      for (let i = 0; i < values.length; i++) values[i] = table[bytes[i]!]!;
    },
  };
}

const float8 = (name: string, layout: Float8Layout) => byteFormat(name, (bits) => decode(bits, layout));

/**
 * The 8-bit floats of safetensors files, without any scale beside them: every value is a float32 too.
 * Source: OCP 8-bit Floating Point Specification (E4M3, E5M2, E8M0); Noune et al. 2022 (FNUZ).
 */
export const float8Formats: readonly BlockFormat[] = [
  float8('F8_E4M3', { fractionBits: 3, bias: 7, special: 'finite' }),
  float8('F8_E5M2', { fractionBits: 2, bias: 15, special: 'ieee' }),
  float8('F8_E4M3FNUZ', { fractionBits: 3, bias: 8, special: 'unsigned zero' }),
  float8('F8_E5M2FNUZ', { fractionBits: 2, bias: 16, special: 'unsigned zero' }),
  byteFormat('F8_E8M0', (bits) => (bits === 255 ? Number.NaN : 2 ** (bits - 127))),
];
