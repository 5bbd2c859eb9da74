/** A bijection of 32-bit integers in which every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** `upperBounds[n]`: no noise is above it where the first word's complement has n leading zero bits. */
const upperBounds = /* @__PURE__ */ Float64Array.from({ length: 33 }, (_, zeros) =>
  zeros < 32 ? (zeros + 1) * Math.LN2 : 38,
);

/** The noise of every token under one draw. */
export interface GumbelNoise {
  /** A number that {@link noiseOf} does not exceed, without a logarithm. */
  boundOf(id: number): number;
  /** `-log(-log v)`, with v uniform in (0, 1), of 53 bits, decided by the draw and the id alone. */
  noiseOf(id: number): number;
}

/**
 * Standard Gumbel noise for every token id as a function of one uniform number.
 * @param draw in [0, 1); all its 53 bits count
 */
export function gumbelNoise(draw: number): GumbelNoise {
  const scaled = draw * 0x100000000;
  const highKey = Math.floor(scaled) | 0;
  const lowKey = mix(Math.floor((scaled - Math.floor(scaled)) * 0x200000) ^ 0x5bd1e995);
  // The first 32 bits of 1 - v.
  const complementOf = (id: number) => mix(mix((id + highKey) | 0) ^ lowKey) >>> 0;
  return {
    boundOf: (id) => upperBounds[Math.clz32(complementOf(id))]!,
    noiseOf(id) {
      const high = complementOf(id);
      const low = mix((high + Math.imul(id, 0x9e3779b1) + lowKey) | 0) >>> 11;
      const complement = (high * 0x200000 + low + 0.5) / 0x20000000000000;
      return -Math.log(-Math.log1p(-complement));
    },
  };
}
