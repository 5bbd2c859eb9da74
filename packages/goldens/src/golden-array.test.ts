import { describe, expect, test } from 'vitest';
import { goldenFloats, goldenIds } from './golden-array';
import { goldenIdRows, goldenRows } from './golden-rows';

const encoded = (values: Float32Array | Int32Array, shape: number[]) => ({
  dtype: values instanceof Float32Array ? ('f32' as const) : ('i32' as const),
  shape,
  b64: Buffer.from(values.buffer).toString('base64'),
});

describe('golden arrays', () => {
  test('base64 and plain lists give the same values', () => {
    const floats = [1.5, Number.NEGATIVE_INFINITY, Number.NaN, -0, 2, Number.POSITIVE_INFINITY];
    const plain = [
      [1.5, '-inf', 'nan'],
      [-0, 2, 'inf'],
    ];
    const packed = encoded(Float32Array.from(floats), [2, 3]);
    for (const array of [plain, packed]) {
      expect([...goldenFloats(array)]).toEqual(floats);
      expect(goldenRows(array).map((row) => [...row])).toEqual([floats.slice(0, 3), floats.slice(3)]);
    }
  });

  test('ids, with rows that may be empty', () => {
    const packed = encoded(Int32Array.of(3, -1, 2 ** 31 - 1, 0), [2, 2]);
    expect(goldenIds(packed)).toEqual([3, -1, 2 ** 31 - 1, 0]);
    expect(goldenIdRows(packed)).toEqual([
      [3, -1],
      [2 ** 31 - 1, 0],
    ]);
    expect(goldenIdRows([[], [4]])).toEqual([[], [4]]);
    expect(goldenIdRows(encoded(new Int32Array(), [2, 0]))).toEqual([[], []]);
  });
});
