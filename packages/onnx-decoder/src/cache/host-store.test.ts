import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OnnxRuntime } from '../runtime';
import { HostStore } from './host-store';

const shape = { layerCount: 2, keyValueHeadCount: 3, headSize: 2 };
const places = { groups: 2, slots: 2 };
const runtime = {} as OnnxRuntime;
const newStore = (needed: number, at = places) => new HostStore(runtime, shape, at, needed);
const counting = (length: number) => Float32Array.from({ length }, (_, index) => index + 1);

function read(store: HostStore, side: number, place: number, position: number, head: number): number[] {
  const { slots } = store.places;
  const row = (Math.floor(place / slots) * shape.keyValueHeadCount + head) * slots + (place % slots);
  const start = (row * store.capacity + position) * shape.headSize;
  return [...store.sides[side]!.subarray(start, start + shape.headSize)];
}

describe('HostStore', () => {
  test.each([
    [1, 16],
    [64, 64],
    [65, 80],
    [256, 256],
    [257, 288],
    [513, 576],
    [1025, 1088],
  ])('for %d positions the capacity is %d', (needed, capacity) => {
    expect(newStore(needed).capacity).toBe(capacity);
  });

  test('an empty trunk fills the registers, an empty tail costs nothing and grows', () => {
    expect(newStore(0).capacity).toBe(16);
    const tail = new HostStore(runtime, shape, places, 0, 'tail');
    expect(tail.capacity).toBe(0);
    expect(tail.sibling(places, 0).capacity).toBe(0);
    expect(tail.clone().capacity).toBe(0);
    expect(tail.sibling(places, 3).capacity).toBe(16);
  });

  test('what is written at a position of a place is read there, and nowhere else', () => {
    const cases = fc.record({
      place: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: 0, max: 5 }),
      position: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(cases, ({ place, at, position, length }) => {
        const store = newStore(30);
        const data = counting(2 * 3 * 3 * length * 2);
        const sides = [0, 1, 2, 3].map((side) => (side === 3 ? data : new Float32Array(data.length)));
        store.write({ place, position }, sides, { place: at, slots: 3, length });
        for (let head = 0; head < 3; head++)
          for (let i = 0; i < length; i++) {
            const row = (Math.floor(at / 3) * 3 + head) * 3 + (at % 3);
            const first = (row * length + i) * 2 + 1;
            expect(read(store, 3, place, position + i, head)).toEqual([first, first + 1]);
          }
        expect(store.sides[3]!.filter((value) => value !== 0).length).toBe(3 * length * 2);
        expect(store.sides[2]!.every((value) => value === 0)).toBe(true);
      }),
    );
  });

  test('all sides in one array are written as those in arrays of their own', () => {
    const [apart, joined] = [newStore(20), newStore(20)];
    const sides = [0, 1, 2, 3].map((side) => counting(2 * 3 * 2 * 3 * 2).map((value) => value + 1000 * side));
    const from = { place: 3, slots: 2, length: 3 };
    apart.write({ place: 1, position: 4 }, sides, from);
    joined.write({ place: 1, position: 4 }, Float32Array.from(sides.flatMap((side) => [...side])), from);
    expect(joined.sides).toEqual(apart.sides);
  });

  test('copy keeps positions across other places and capacities', () => {
    const from = newStore(10);
    const sides = Array.from({ length: 4 }, () => counting(3 * 4 * 2));
    from.write({ place: 3, position: 0 }, sides, { place: 0, slots: 1, length: 4 });
    const to = newStore(300, { groups: 1, slots: 3 });
    to.copy({ place: 2, position: 7 }, from, { place: 3, position: 1 }, 2);
    expect(read(to, 0, 2, 8, 2)).toEqual(read(from, 0, 3, 2, 2));
    expect(read(to, 0, 2, 9, 2)).toEqual([0, 0]);
  });

  test('a clone holds the same in memory of its own', () => {
    const store = newStore(0);
    store.sides[1]!.fill(3);
    const clone = store.clone();
    store.sides[1]!.fill(4);
    expect(clone.capacity).toBe(store.capacity);
    expect(clone.buffers.length).toBe(4);
    expect(clone.sides[1]!.every((value) => value === 3)).toBe(true);
  });

  test('a store that expects more has room for as much again behind that', () => {
    const store = newStore(64).sibling(places, 64, 100);
    expect(store.capacity).toBe(64);
    const memory = store.sides[0]!.buffer;
    for (const needed of [128, 129, 256]) expect(store.grow(needed)).toBe(true);
    expect(store.sides[0]!.buffer).toBe(memory);
    expect(store.grow(257)).toBe(false);
  });

  test('what grows keeps every position, in the same memory while that has room', () => {
    const sizes = fc.record({
      from: fc.integer({ min: 1, max: 200 }),
      to: fc.integer({ min: 1, max: 700 }),
      places: fc.record({ groups: fc.integer({ min: 1, max: 3 }), slots: fc.integer({ min: 1, max: 3 }) }),
    });
    fc.assert(
      fc.property(sizes, ({ from, to, places: at }) => {
        const store = newStore(from, at);
        const { capacity } = store;
        const count = at.groups * at.slots;
        const data = counting(3 * from * shape.headSize * count);
        const sides = [0, 1, 2, 3].map((side) => data.map((value) => value + side));
        for (let place = 0; place < count; place++)
          store.write({ place, position: 0 }, sides, { place, slots: at.slots, length: from });
        const all = () =>
          Array.from({ length: count * 3 * from }, (_, i) =>
            read(store, i % 4, Math.floor(i / (3 * from)), i % from, Math.floor(i / from) % 3),
          );
        const before = all();
        const wanted = newStore(to).capacity;
        if (wanted < capacity) return;
        const fits = wanted <= 2 * Math.ceil(from / 64) * 64;
        expect(store.grow(to)).toBe(fits);
        expect(store.capacity).toBe(fits ? wanted : capacity);
        expect(all()).toEqual(before);
      }),
    );
  });
});
