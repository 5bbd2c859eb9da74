import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetColumns, withOffsetColumns } from './offset-columns';

const blockSize = 32;
const nibble = (codes: Uint8Array, index: number) => (codes[index >> 1]! >> ((index & 1) * 4)) & 15;

/** Rows of 4-bit blocks with offsets. */
const rowsOfBlocks = (rowBlocks: number) =>
  fc.integer({ min: 1, max: 3 }).chain((rows) => {
    const float = (min: number, max: number) => fc.float({ min, max, noNaN: true });
    const array = (value: fc.Arbitrary<number>) =>
      fc
        .array(value, { minLength: rows * rowBlocks, maxLength: rows * rowBlocks })
        .map((values) => Float32Array.from(values));
    const bytes = rows * rowBlocks * (blockSize / 2);
    return fc.record({
      rows: fc.constant(rows),
      codes: fc.uint8Array({ minLength: bytes, maxLength: bytes }),
      scales: array(fc.oneof({ weight: 9, arbitrary: float(0.0009765625, 1) }, fc.constant(0))),
      offsets: array(float(-8, 8)),
    });
  });

describe('offsetColumns', () => {
  test.each([
    [18, { copies: 3, columns: 54, blocks: 2, fine: 36 }],
    [48, { copies: 3, columns: 144, blocks: 5, fine: 96 }],
    [64, { copies: 2, columns: 128, blocks: 4, fine: 64 }],
  ])('%i blocks in a row', (rowBlocks, expected) => {
    expect(offsetColumns(rowBlocks, blockSize)).toEqual(expected);
  });

  test('the fine digit begins in a block in which nothing of the coarse one is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (rowBlocks) => {
        const { fine, columns, copies } = offsetColumns(rowBlocks, blockSize);
        expect(Math.floor(fine / blockSize)).toBeGreaterThan(Math.floor((rowBlocks - 1) / blockSize));
        expect([fine + rowBlocks, copies * rowBlocks]).toEqual([columns, columns]);
      }),
    );
  });
});

describe('withOffsetColumns', () => {
  test.each([18, 33, 64])('keeps rows of %i blocks to 1/237 of the largest rest', (rowBlocks) => {
    fc.assert(
      fc.property(rowsOfBlocks(rowBlocks), ({ rows, codes, scales, offsets }) => {
        const made = withOffsetColumns({ codes, scales, offsets }, rowBlocks, blockSize);
        const { blocks, columns } = offsetColumns(rowBlocks, blockSize);
        const whole = rowBlocks + blocks;
        expect(made.codes.length).toBe((rows * whole * blockSize) / 2);
        for (let row = 0; row < rows; row++) {
          const step = (column: number) => {
            const block = row * whole + Math.floor(column / blockSize);
            return (
              made.scales[block]! *
              (nibble(made.codes, row * whole * blockSize + column) - made.zeros[block]!)
            );
          };
          const kept = new Float64Array(rowBlocks);
          for (let column = 0; column < columns; column++)
            kept[column % rowBlocks]! += step(rowBlocks * blockSize + column);
          const rests = Array.from({ length: rowBlocks }, (_, block) => {
            const [at, from] = [row * whole + block, row * rowBlocks + block];
            return offsets[from]! + scales[from]! * (made.zeros[at]! - 8);
          });
          const largest = Math.max(...rests.map(Math.abs));
          for (let block = 0; block < rowBlocks; block++) {
            expect(Math.abs(kept[block]! - rests[block]!)).toBeLessThanOrEqual(largest / 236.5);
            const [from, to] = [row * rowBlocks + block, row * whole + block];
            expect(made.scales[to]).toBe(scales[from]);
            for (let i = 0; i < blockSize; i++)
              expect(nibble(made.codes, to * blockSize + i)).toBe(nibble(codes, from * blockSize + i));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('the zero point takes what it can of an offset', () => {
    const blocks = 16;
    const scales = new Float32Array(blocks).fill(0.5);
    const offsets = Float32Array.from({ length: blocks }, (_, block) => 0.5 * (block - 8) + 0.1);
    const codes = new Uint8Array(blocks * 16);
    const { zeros } = withOffsetColumns({ codes, scales, offsets }, blocks, blockSize);
    expect([...zeros.subarray(0, blocks)]).toEqual(
      Array.from({ length: blocks }, (_, i) => Math.min(15, 16 - i)),
    );
  });
});
