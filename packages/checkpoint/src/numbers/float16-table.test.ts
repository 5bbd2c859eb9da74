import { expect, test } from 'vitest';
import { float16Table } from './float16-table';

test('known half-precision numbers', () => {
  const table = float16Table();
  const known: [bits: number, value: number][] = [
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
    [0xfc01, Number.NaN],
  ];
  for (const [bits, value] of known) expect(table[bits], bits.toString(16)).toBe(value);
});

test('positive finite numbers grow with their bits, negative ones mirror them', () => {
  const table = float16Table();
  let broken = 0;
  for (let bits = 1; bits < 0x7c00; bits++) {
    if (table[bits]! <= table[bits - 1]! || table[bits | 0x8000] !== -table[bits]!) broken++;
  }
  expect(broken).toBe(0);
});
