import { bytesOf, type WeightEncoding, type WeightRegion } from './weight-encoding';

/**
 * A matrix for MatMulInteger, in pieces of some outputs each: regions `.N` (int8 `[columns, outputs]`, transposed as the
 * operator wants it) and `.N.scales` (float32 `[outputs]`), `w ≈ scale · q` with `scale = max |w| / 127` of each
 * output.
 * @param pieces outputs of each piece
 */
export function int8Encoding(pieces: readonly number[], columns: number): WeightEncoding {
  return {
    regions: pieces.flatMap((outputs, piece): WeightRegion[] => [
      { suffix: `.${piece}`, type: 'int8', shape: [columns, outputs] },
      { suffix: `.${piece}.scales`, type: 'float32', shape: [outputs] },
    ]),
    wants: 'values',
    begin: () => {
      const arrays = pieces.map((outputs) => ({
        quants: new Int8Array(outputs * columns),
        scales: new Float32Array(outputs),
      }));
      let piece = 0;
      let row = 0;
      return {
        add: (part) => {
          const { values } = part as { readonly values: Float32Array };
          for (let from = 0; from < values.length; from += columns, row++) {
            if (row === pieces[piece]) {
              piece++;
              row = 0;
            }
            const { quants, scales } = arrays[piece]!;
            const outputs = scales.length;
            let largest = 0;
            for (let i = 0; i < columns; i++) largest = Math.max(largest, Math.abs(values[from + i]!));
            const scale = Math.fround(largest / 127);
            const inverse = scale === 0 ? 0 : 1 / scale;
            scales[row] = scale;
            for (let i = 0; i < columns; i++)
              quants[i * outputs + row] = Math.round(values[from + i]! * inverse);
          }
          return undefined;
        },
        finish: () => arrays.flatMap(({ quants, scales }) => [bytesOf(quants), bytesOf(scales)]),
      };
    },
  };
}

/** Outputs of a product from which on a runtime that packs weights at every call loses its way in the caches. */
const widest = 3072;
/** Rows of so many bytes, or a multiple, lie in the same places of a cache. */
const unlucky = 2048;

/**
 * How the outputs of a product are parted for a runtime that packs its weights at every call: ONNX Runtime does on
 * WebAssembly, where 49,152 outputs of 576 inputs take 12.3 ms as a whole and 5.4 in pieces, 2,048 half as long again as 1,536.
 */
export function piecesOf(outputs: number): readonly number[] {
  const width = outputs > widest ? widest : outputs % unlucky === 0 ? outputs / 2 : outputs;
  return Array.from({ length: Math.ceil(outputs / width) }, (_, piece) =>
    Math.min(width, outputs - piece * width),
  );
}
