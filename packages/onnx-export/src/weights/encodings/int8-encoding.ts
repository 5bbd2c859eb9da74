import { bytesOf, type WeightEncoding } from './weight-encoding';

/**
 * A matrix for MatMulInteger: regions `` (int8 `[columns, rows]`, transposed as the operator wants it) and
 * `.scales` (float32 `[rows]`), `w ≈ scale · q` with `scale = max |w| / 127` of each output.
 */
export function int8Encoding(rows: number, columns: number): WeightEncoding {
  return {
    regions: [
      { suffix: '', type: 'int8', shape: [columns, rows] },
      { suffix: '.scales', type: 'float32', shape: [rows] },
    ],
    wants: 'values',
    begin: () => {
      const quants = new Int8Array(rows * columns);
      const scales = new Float32Array(rows);
      let row = 0;
      return {
        add: (part) => {
          const { values } = part as { readonly values: Float32Array };
          for (let from = 0; from < values.length; from += columns, row++) {
            let largest = 0;
            for (let i = 0; i < columns; i++) largest = Math.max(largest, Math.abs(values[from + i]!));
            const scale = Math.fround(largest / 127);
            const inverse = scale === 0 ? 0 : 1 / scale;
            scales[row] = scale;
            for (let i = 0; i < columns; i++)
              quants[i * rows + row] = Math.round(values[from + i]! * inverse);
          }
          return undefined;
        },
        finish: () => [bytesOf(quants), bytesOf(scales)],
      };
    },
  };
}
