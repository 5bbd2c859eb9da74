type Plain = number | string | readonly Plain[];

/** An array as the goldens spell it: (nested) lists, or base64 of little-endian values with a shape. */
export type GoldenArray =
  | readonly Plain[]
  | { readonly dtype: 'f32' | 'i32'; readonly shape: readonly number[]; readonly b64: string };

const words: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};

function flat(values: readonly Plain[]): number[] {
  return values.flatMap((value) =>
    typeof value === 'number' ? [value] : typeof value === 'string' ? [words[value]!] : flat(value),
  );
}

function bytes(b64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(b64, 'base64')).buffer;
}

/** All values, row-major. */
export function goldenFloats(array: GoldenArray): Float32Array {
  return 'b64' in array ? new Float32Array(bytes(array.b64)) : Float32Array.from(flat(array));
}

/** All values, row-major. */
export function goldenIds(array: GoldenArray): number[] {
  return 'b64' in array ? [...new Int32Array(bytes(array.b64))] : flat(array);
}
