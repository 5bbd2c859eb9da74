/** How numbers are stored: blocks of `blockSize` values in `blockBytes` bytes, dequantized to float32. */
export interface BlockFormat {
  /** As files name it, e.g. `BF16`, `Q4_1`. */
  readonly name: string;
  /** Values per block; 1 for plain numbers. */
  readonly blockSize: number;
  readonly blockBytes: number;
  /**
   * @param bytes whole blocks, little-endian, any alignment
   * @param values room for exactly the values of these blocks
   */
  dequantize(bytes: Uint8Array, values: Float32Array): void;
}
