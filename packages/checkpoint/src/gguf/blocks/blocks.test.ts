import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';
import { q4_0 } from './q4-0';
import { q4_1 } from './q4-1';
import { q8_0 } from './q8-0';

function dequantize(format: BlockFormat, bytes: readonly number[] | Uint8Array): Float32Array {
  const values = new Float32Array((bytes.length / format.blockBytes) * format.blockSize);
  format.dequantize(Uint8Array.from(bytes), values);
  return values;
}

const half = [0x00, 0x38]; // 0.5
const minusThree = [0x00, 0xc2]; // -3
const range = (length: number, of: (i: number) => number) => Array.from({ length }, (_, i) => of(i));

test('Q8_0: w = d q', () => {
  const signed = range(32, (i) => i * 8 - 128);
  const bytes = [...half, ...signed.map((q) => q & 255)];
  expect([...dequantize(q8_0, bytes)]).toEqual(signed.map((q) => q / 2));
});

test('Q4_0: w = d (q - 8), low halves first', () => {
  const bytes = [...half, ...range(16, (i) => i | ((15 - i) << 4))];
  const expected = [...range(16, (i) => (i - 8) / 2), ...range(16, (i) => (7 - i) / 2)];
  expect([...dequantize(q4_0, bytes)]).toEqual(expected);
});

test('Q4_1: w = d q + m, low halves first', () => {
  const bytes = [...half, ...minusThree, ...range(16, (i) => i | ((15 - i) << 4))];
  const expected = [...range(16, (i) => i / 2 - 3), ...range(16, (i) => (15 - i) / 2 - 3)];
  expect([...dequantize(q4_1, bytes)]).toEqual(expected);
});

const bits = fc.integer({ min: 0, max: 0xffff }).filter((b) => (b & 0x7c00) !== 0x7c00);

/** Product and sum rounded to float32 one after the other, as ggml computes. */
function stepwise(d: number, q: number, m: number): number {
  return Math.fround(Math.fround(d * q) + m);
}

test('every block equals float32 arithmetic step by step', () => {
  const table = float16Table();
  fc.assert(
    fc.property(bits, bits, fc.uint8Array({ minLength: 32, maxLength: 32 }), (dBits, mBits, quants) => {
      const d = table[dBits]!;
      const m = table[mBits]!;
      const dBytes = [dBits & 255, dBits >> 8];
      const mBytes = [mBits & 255, mBits >> 8];
      const nibbles = [...quants.slice(0, 16)];
      const q4 = [...nibbles.map((b) => b & 15), ...nibbles.map((b) => b >> 4)];
      const signed = [...new Int8Array(quants.buffer)];
      const zero = (v: number) => v + 0;
      const same = (actual: Float32Array, expected: number[]) =>
        expect([...actual].map(zero)).toEqual(expected.map(zero));
      same(
        dequantize(q8_0, [...dBytes, ...quants]),
        signed.map((q) => stepwise(d, q, 0)),
      );
      same(
        dequantize(q4_0, [...dBytes, ...nibbles]),
        q4.map((q) => stepwise(d, q - 8, 0)),
      );
      same(
        dequantize(q4_1, [...dBytes, ...mBytes, ...nibbles]),
        q4.map((q) => stepwise(d, q, m)),
      );
    }),
  );
});

test('blocks follow one another', () => {
  const block = [...half, ...range(16, (i) => i)];
  const other = [...minusThree, ...range(16, (i) => 255 - i)];
  const joined = dequantize(q4_0, [...block, ...other]);
  expect([...joined]).toEqual([...dequantize(q4_0, block), ...dequantize(q4_0, other)]);
});
