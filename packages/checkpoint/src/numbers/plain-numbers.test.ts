import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bfloat16 } from './bfloat16';
import type { BlockFormat } from './block-format';
import { float16 } from './float16';
import { float32 } from './float32';
import { float64 } from './float64';

/** Dequantizes from an odd address too, where no typed array can look directly. */
function both(format: BlockFormat, bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / format.blockBytes);
  format.dequantize(bytes, values);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  const again = new Float32Array(values.length);
  format.dequantize(shifted.subarray(1), again);
  expect(again).toEqual(values);
  return values;
}

test('float32 is copied', () => {
  fc.assert(
    fc.property(fc.float32Array({ minLength: 1, maxLength: 40 }), (values) => {
      expect(both(float32, new Uint8Array(values.buffer))).toEqual(values);
    }),
  );
});

test('float64 is rounded to the nearest float32', () => {
  fc.assert(
    fc.property(fc.float64Array({ minLength: 1, maxLength: 40 }), (values) => {
      expect(both(float64, new Uint8Array(values.buffer))).toEqual(Float32Array.from(values, Math.fround));
    }),
  );
});

test('bfloat16 is the upper half of a float32', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      const view = new DataView(new ArrayBuffer(4));
      view.setFloat32(0, value);
      const bytes = Uint8Array.of(view.getUint8(1), view.getUint8(0));
      view.setUint16(2, 0);
      expect(both(bfloat16, bytes)[0]).toBe(view.getFloat32(0));
    }),
  );
  expect([...both(bfloat16, Uint8Array.of(0x80, 0x3f, 0x20, 0xc1))]).toEqual([1, -10]);
});

test('float16 reads little-endian pairs', () => {
  expect([...both(float16, Uint8Array.of(0x00, 0x3c, 0xff, 0x7b, 0x01, 0x80))]).toEqual([
    1,
    65504,
    -(2 ** -24),
  ]);
});
