import { expect, test } from 'vitest';
import { float16ToFloat32 } from './float16';

test('half precision becomes float32 (IEEE 754-2019, binary16)', () => {
  const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x3555);
  expect([...float16ToFloat32(bits)]).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    2 ** -24,
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0.333251953125,
  ]);
  expect(float16ToFloat32(Uint16Array.of(0x7e00))[0]).toBeNaN();
});

test('float32 data is returned as it is', () => {
  const data = Float32Array.of(1, 2);
  expect(float16ToFloat32(data)).toBe(data);
});
