import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeBfloat16 } from './encode-bfloat16';
import { encodeFloat16 } from './encode-float16';
import { float16Table } from './float16-table';

const float16Of = (value: number) => encodeFloat16(Float32Array.of(value))[0]!;
const bfloat16Of = (value: number) => encodeBfloat16(Float32Array.of(value))[0]!;
const fromBfloat16 = (bits: number) => new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;

test('every half-precision number is itself again', () => {
  const table = float16Table();
  const back = encodeFloat16(table);
  let wrong = 0;
  for (let bits = 0; bits < 65536; bits++) {
    const noNumber = (bits & 0x7fff) > 0x7c00;
    if (noNumber ? (back[bits]! & 0x7fff) <= 0x7c00 : back[bits] !== bits) wrong++;
  }
  expect(wrong).toBe(0);
});

test('float16: the nearest one, ties to even', () => {
  const table = float16Table();
  expect([65504, 65519.996, 65520, -65520, 2 ** -25, 1.5 * 2 ** -25, -(2 ** -26)].map(float16Of)).toEqual([
    0x7bff, 0x7bff, 0x7c00, 0xfc00, 0, 1, 0x8000,
  ]);
  fc.assert(
    fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
      const bits = float16Of(value);
      const error = Math.abs(table[bits]! - value);
      for (const other of [bits + 1, bits - 1]) {
        const neighbour = table[other & 0xffff]!;
        if (!Number.isFinite(neighbour)) continue;
        const distance = Math.abs(neighbour - value);
        expect(error < distance || (error === distance && bits % 2 === 0)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test('bfloat16: the nearest one, ties to even', () => {
  expect([1, -2, 3.4e38, Number.POSITIVE_INFINITY].map(bfloat16Of)).toEqual([0x3f80, 0xc000, 0x7f80, 0x7f80]);
  expect(fromBfloat16(bfloat16Of(Number.NaN))).toBeNaN();
  fc.assert(
    fc.property(fc.float({ min: -(2 ** 126), max: 2 ** 126, noNaN: true }), (value) => {
      const bits = bfloat16Of(value);
      const error = Math.abs(fromBfloat16(bits) - value);
      for (const other of [bits + 1, bits - 1]) {
        const distance = Math.abs(fromBfloat16(other & 0xffff) - value);
        if (Number.isNaN(distance)) continue;
        expect(error < distance || (error === distance && bits % 2 === 0)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
