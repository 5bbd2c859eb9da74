import { type GoldenArray, goldenFloats, goldenIds } from './golden-array';

function rowsOf<Row>(array: GoldenArray, decode: (row: GoldenArray) => Row): Row[] {
  if (!('b64' in array)) return array.map((row) => decode(row as GoldenArray));
  const [height, width] = array.shape as [number, number];
  const bytes = Buffer.from(array.b64, 'base64');
  return Array.from({ length: height }, (_, row) => {
    const b64 = bytes.subarray(row * width * 4, (row + 1) * width * 4).toString('base64');
    return decode({ dtype: array.dtype, shape: [width], b64 });
  });
}

/** An array of shape `[rows, width]` as its rows. */
export function goldenRows(array: GoldenArray): Float32Array[] {
  return rowsOf(array, goldenFloats);
}

/** Ids of shape `[rows, length]` as their rows, some of them empty. */
export function goldenIdRows(array: GoldenArray): number[][] {
  return rowsOf(array, goldenIds);
}
