import type { BlockRows, BlockStructure } from './block-rows';

/**
 * Rounds rows of numbers to blocks, `w ≈ scale · (code − zero)`. Without zeros of its own a block's largest value
 * by magnitude decides its scale: 8 bits `max / 127`; 4 bits `−max / 8`, so that this value itself is exact. With
 * zeros the range from least to largest (0 included) is cut into 2^bits − 1 steps. Rows that are no whole blocks
 * end in a shorter one.
 */
export function roundToBlocks(values: Float32Array, columns: number, structure: BlockStructure): BlockRows {
  const { bits, blockSize, zeros: asymmetric } = structure;
  const rows = values.length / columns;
  const perRow = Math.ceil(columns / blockSize);
  const codes = new Uint8Array((rows * perRow * blockSize * bits) / 8);
  const scales = new Float32Array(rows * perRow);
  const zeros = new Uint8Array(rows * perRow);
  const middle = 1 << (bits - 1);
  const top = 2 * middle - 1;
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < perRow; block++) {
      const from = row * columns + block * blockSize;
      const end = Math.min(from + blockSize, (row + 1) * columns);
      let least = 0;
      let most = 0;
      for (let i = from; i < end; i++) {
        const value = values[i]!;
        if (value < least) least = value;
        else if (value > most) most = value;
      }
      const index = row * perRow + block;
      const largest = -least > most ? least : most;
      const step = asymmetric ? (most - least) / top : bits === 8 ? Math.abs(largest) / 127 : largest / -8;
      const scale = Math.fround(step);
      const inverse = scale === 0 ? 0 : 1 / scale;
      const zero = asymmetric ? Math.min(top, Math.max(0, Math.round(-least * inverse))) : middle;
      scales[index] = scale;
      zeros[index] = zero;
      for (let i = from, to = index * blockSize; to < (index + 1) * blockSize; i++, to++) {
        const value = i < end ? Math.round(values[i]! * inverse) + zero : zero;
        const code = value < 0 ? 0 : Math.min(value, top);
        if (bits === 8) codes[to] = code;
        else codes[to >> 1]! |= code << ((to & 1) * 4);
      }
    }
  }
  return asymmetric ? { codes, scales, zeros } : { codes, scales };
}
