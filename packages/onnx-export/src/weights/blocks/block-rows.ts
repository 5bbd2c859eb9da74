/** What a matrix in blocks consists of: `w = scale · (code − zero) + offset`, a block being neighbours of one row. */
export interface BlockStructure {
  readonly bits: 4 | 8;
  /** A power of two, at least 16; divides the row's length. */
  readonly blockSize: number;
  /** Whether every block has its own zero (an integer); else it is 2^(bits − 1). */
  readonly zeros: boolean;
  /** Whether every block has its own offset (a float). */
  readonly offsets: boolean;
}

/** Some rows in blocks. */
export interface BlockRows {
  /** Row-major; of 4-bit codes two a byte, the first in the low half. */
  readonly codes: Uint8Array;
  /** One a block. */
  readonly scales: Float32Array;
  /** One a block, unpacked. */
  readonly zeros?: Uint8Array;
  readonly offsets?: Float32Array;
}

/** Rows of so many blocks, each followed by room for further ones, which nothing has been written to. */
export interface RowRoom {
  readonly rowBlocks: number;
  readonly further: number;
}
