/** Tokens in an order, each with a mass that is summed up along it. All arrays have shape `[vocabSize]`. */
export interface MassOrder {
  /** The order is ascending in these; among equals the higher id comes first. */
  readonly ranks: Float32Array;
  /** Never negative, and never falling where the ranks rise: what the tokens are put into buckets by. */
  readonly keys: Float32Array;
  /** Never negative. */
  readonly masses: Float32Array;
}

/** Where the summed mass crosses a line. */
export interface Crossing {
  /** Tokens of lower buckets come before the crossing. */
  readonly bucket: number;
  /** The tokens of this bucket, in order; a view that is valid until the next search. */
  readonly members: Int32Array;
  /** Position in `members` of the token that crosses. */
  readonly position: number;
}
