import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlockRows } from './block-rows';
import { digitBlocks, digitWeights, withOffsetDigits } from './offset-digits';

const blockSize = 32;
const nibble = (codes: Uint8Array, index: number) => (codes[index >> 1]! >> ((index & 1) * 4)) & 15;

/** Rows of 4-bit blocks with offsets. */
const rowsOfBlocks = (rowBlocks: number) =>
  fc.integer({ min: 1, max: 3 }).chain((rows) => {
    const float = (min: number, max: number) => fc.float({ min, max, noNaN: true });
    const count = rows * rowBlocks;
    const array = (value: fc.Arbitrary<number>) =>
      fc.array(value, { minLength: count, maxLength: count }).map((values) => Float32Array.from(values));
    const bytes = (count * blockSize) / 2;
    return fc.record({
      rows: fc.constant(rows),
      codes: fc.uint8Array({ minLength: bytes, maxLength: bytes }),
      scales: array(float(0, 1)),
      offsets: array(fc.oneof({ weight: 9, arbitrary: float(-8, 8) }, fc.constant(0))),
    });
  });

/** The same rows with so many blocks of room behind each. */
function withRoom(
  { codes, scales, offsets }: Required<Omit<BlockRows, 'zeros'>>,
  rowBlocks: number,
  further: number,
) {
  const whole = rowBlocks + further;
  const count = (scales.length / rowBlocks) * whole;
  const made = {
    codes: new Uint8Array((count * blockSize) / 2),
    scales: new Float32Array(count),
    offsets: new Float32Array(count),
  };
  for (let block = 0; block < scales.length; block++) {
    const to = block + Math.floor(block / rowBlocks) * further;
    made.scales[to] = scales[block]!;
    made.offsets[to] = offsets[block]!;
    made.codes.set(codes.subarray(block * 16, (block + 1) * 16), to * 16);
  }
  return made;
}

describe('withOffsetDigits', () => {
  test.each([
    [3, 18],
    [4, 18],
    [3, 48],
    [3, 33],
    [4, 33],
  ] as const)('%i digits keep rows of %i blocks to their last place', (digits, rowBlocks) => {
    const weights = digitWeights(digits);
    fc.assert(
      fc.property(rowsOfBlocks(rowBlocks), ({ rows, codes, scales, offsets }) => {
        const further = digitBlocks(digits, rowBlocks, blockSize);
        const rowsWithRoom = withRoom({ codes, scales, offsets }, rowBlocks, further);
        const made = withOffsetDigits(digits, rowsWithRoom, rowBlocks, blockSize);
        const whole = rowBlocks + further;
        expect(made.codes.length).toBe((rows * whole * blockSize) / 2);
        for (let row = 0; row < rows; row++) {
          const own = offsets.subarray(row * rowBlocks, (row + 1) * rowBlocks);
          const largest = Math.max(...own.map(Math.abs));
          for (let block = 0; block < rowBlocks; block++) {
            const [from, to] = [row * rowBlocks + block, row * whole + block];
            expect(made.scales[to]).toBe(scales[from]);
            for (let i = 0; i < blockSize; i++)
              expect(nibble(made.codes, to * blockSize + i)).toBe(nibble(codes, from * blockSize + i));
            let kept = 0;
            weights.forEach((weight, digit) => {
              const column = block * digits + digit;
              const at = row * whole + rowBlocks + Math.floor(column / blockSize);
              const code = nibble(made.codes, (row * whole + rowBlocks) * blockSize + column);
              kept += weight * made.scales[at]! * (code - 8);
            });
            // Half of the last digit, and what a float32 step loses.
            const most = (largest / 7.4) * (0.5 * weights[0]! + 1e-6);
            expect(Math.abs(kept - own[block]!)).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('what lies behind the last digit is zero', () => {
    const scales = new Float32Array(18).fill(1);
    const rows = withRoom({ codes: new Uint8Array(18 * 16), scales, offsets: scales }, 18, 2);
    const { codes } = withOffsetDigits(3, rows, 18, blockSize);
    const behind = (18 * blockSize + 3 * 18) / 2;
    expect([...codes.subarray(behind)]).toEqual(new Array<number>(codes.length - behind).fill(0x88));
  });
});
