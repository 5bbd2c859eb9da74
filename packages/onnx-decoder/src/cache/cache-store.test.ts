import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CacheStore } from './cache-store';

const shape = { layerCount: 2, keyValueHeadCount: 3, headSize: 2 };

function read(store: CacheStore, side: number, row: number, position: number, head: number): number[] {
  const start = ((row * shape.keyValueHeadCount + head) * store.capacity + position) * shape.headSize;
  return [...store.sides[side]!.subarray(start, start + shape.headSize)];
}

describe('CacheStore', () => {
  test('capacity grows in blocks and is never zero', () => {
    expect(new CacheStore(shape, 1, 0).capacity).toBeGreaterThan(0);
    expect(new CacheStore(shape, 1, 1).capacity).toBe(256);
    expect(new CacheStore(shape, 1, 257).capacity).toBe(512);
  });

  test('what is written at a position of a row is read there, and nowhere else', () => {
    const values = fc.record({
      row: fc.integer({ min: 0, max: 2 }),
      position: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(values, ({ row, position, length }) => {
        const store = new CacheStore(shape, 3, 30);
        const data = Float32Array.from({ length: 3 * length * 2 }, (_, index) => index + 1);
        store.write(3, row, position, data, length);
        for (let head = 0; head < 3; head++)
          for (let i = 0; i < length; i++) {
            const first = (head * length + i) * 2 + 1;
            expect(read(store, 3, row, position + i, head)).toEqual([first, first + 1]);
          }
        expect(store.sides[3]!.filter((value) => value !== 0).length).toBe(data.length);
        expect(store.sides[2]!.every((value) => value === 0)).toBe(true);
      }),
    );
  });

  test('copyRow keeps positions across different capacities', () => {
    const from = new CacheStore(shape, 2, 10);
    const data = Float32Array.from({ length: 3 * 4 * 2 }, (_, index) => index + 1);
    from.write(0, 1, 0, data, 4);
    const to = new CacheStore(shape, 1, 300);
    to.copyRow(0, from, 1, 3);
    expect(read(to, 0, 0, 2, 2)).toEqual(read(from, 0, 1, 2, 2));
    expect(read(to, 0, 0, 3, 2)).toEqual([0, 0]);
  });
});
