/**
 * How a file orders the rows of a projection, against Hugging Face's order.
 * `interleaved`: of a head's `2h` rows, row `r` stands at `2r` and row `h + r` at `2r + 1`.
 * `by-role`: the rows of all heads' queries, then those of the keys, then the values, which Hugging Face has head by head.
 */
export interface RowOrder {
  readonly kind: 'interleaved' | 'by-role';
  readonly heads: number;
}

/**
 * Puts rows back into Hugging Face's order. Works on stored bytes: a row is whole blocks.
 * @param bytes all rows of the tensor, equally long; their number is a multiple of twice the heads (`interleaved`), of
 * three times the heads (`by-role`)
 */
export function restoreRows(bytes: Uint8Array, rowBytes: number, { kind, heads }: RowOrder): Uint8Array {
  const restored = new Uint8Array(bytes.length);
  const rows = bytes.length / rowBytes;
  const headRows = rows / heads;
  const half = headRows / 2;
  const size = headRows / 3;
  const targetOf = (row: number): number => {
    if (kind === 'interleaved') {
      const inHead = row % headRows;
      return row - inHead + (inHead % 2) * half + (inHead >> 1);
    }
    const role = Math.floor(row / (heads * size));
    const inRole = row % (heads * size);
    return Math.floor(inRole / size) * headRows + role * size + (inRole % size);
  };
  for (let row = 0; row < rows; row++)
    restored.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), targetOf(row) * rowBytes);
  return restored;
}
