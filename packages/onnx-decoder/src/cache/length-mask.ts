/** A mask over cached positions that is kept from run to run: a step changes one number of it. */
export class LengthMask {
  #lengths: readonly number[] = [];
  #capacity = 0;
  #mask = new Float32Array(0);

  /**
   * 0 at the first `lengths[i]` positions of row i, -Infinity behind them.
   * @returns shape `[rows, capacity]`, valid until the next call
   */
  of(lengths: readonly number[], capacity: number): Float32Array {
    const isKept = capacity === this.#capacity && lengths.length === this.#lengths.length;
    if (!isKept) this.#mask = new Float32Array(lengths.length * capacity).fill(Number.NEGATIVE_INFINITY);
    lengths.forEach((length, row) => {
      const before = isKept ? this.#lengths[row]! : 0;
      const start = row * capacity;
      if (length > before) this.#mask.fill(0, start + before, start + length);
      if (length < before) this.#mask.fill(Number.NEGATIVE_INFINITY, start + length, start + before);
    });
    this.#lengths = [...lengths];
    this.#capacity = capacity;
    return this.#mask;
  }
}
