/**
 * Puts rows back that were interleaved within every head: of a head's `2h` rows, stored row `2r` becomes
 * row `r` and stored row `2r + 1` becomes row `h + r`. Works on stored bytes: a row is whole blocks.
 * @param bytes all rows of the tensor, equally long
 * @param rowBytes length of a row
 * @param heads the number of rows is a multiple of `2 · heads`
 */
export function deinterleaveRows(bytes: Uint8Array, rowBytes: number, heads: number): Uint8Array {
  const ordered = new Uint8Array(bytes.length);
  const rows = bytes.length / rowBytes;
  const headRows = rows / heads;
  const half = headRows / 2;
  for (let row = 0; row < rows; row++) {
    const inHead = row % headRows;
    const target = row - inHead + (inHead % 2) * half + (inHead >> 1);
    ordered.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), target * rowBytes);
  }
  return ordered;
}
