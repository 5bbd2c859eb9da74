/** What a row of attention is like. */
export interface RowMeasures {
  /** `Σ weight · (position − key)`, in tokens. */
  readonly reach: number;
  /** Bits. */
  readonly entropy: number;
}

/** @param weights shape `[keys]`, summing to 1 */
export function rowMeasures(weights: Float32Array, position: number): RowMeasures {
  let reach = 0;
  let entropy = 0;
  for (let key = 0; key <= position; key++) {
    const weight = weights[key]!;
    if (weight === 0) continue;
    reach += weight * (position - key);
    entropy -= weight * Math.log2(weight);
  }
  return { reach, entropy: Math.max(0, entropy) };
}
