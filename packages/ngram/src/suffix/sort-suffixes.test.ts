import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortSuffixes } from './sort-suffixes';

/** Whether the suffix at `a` is not above the one at `b` in their first `order` ids; both end behind a border. */
function inOrder(ids: Int32Array, a: number, b: number, order: number): boolean {
  for (let offset = 0; offset < order; offset++) {
    const difference = (ids[a + offset] ?? 0) - (ids[b + offset] ?? 0);
    if (difference !== 0) return difference < 0;
    if (offset > 0 && (ids[a + offset] ?? 0) === 0) return true;
  }
  return true;
}

function check(ids: Int32Array, vocabSize: number, order: number, depthCap = 256): void {
  const { positions, first } = sortSuffixes(ids, vocabSize, { order, depthCap });
  expect(new Set(positions).size).toBe(ids.length);
  for (let i = 1; i < positions.length; i++) {
    if (!inOrder(ids, positions[i - 1]!, positions[i]!, order)) throw new Error(`out of order at ${i}`);
  }
  for (let id = 0; id < vocabSize; id++) {
    for (let place = first[id]!; place < first[id + 1]!; place++)
      if (ids[positions[place]!] !== id) throw new Error(`${place} is not in the block of ${id}`);
  }
  expect(first[vocabSize]).toBe(ids.length);
}

const every = Number.POSITIVE_INFINITY;

describe('sortSuffixes', () => {
  test('random texts of few ids, every order and cap', () => {
    const text = fc
      .array(fc.integer({ min: 0, max: 4 }), { maxLength: 300 })
      .map((ids) => Int32Array.from([0, ...ids, 0]));
    const order = fc.constantFrom(1, 2, 3, 5, 6, 7, 9, every);
    fc.assert(
      fc.property(text, order, fc.constantFrom(1, 2, 3, 8, 256), (ids, n, cap) => check(ids, 5, n, cap)),
      { numRuns: 300 },
    );
  });

  test.each([
    ['one id over and over', Int32Array.from({ length: 6000 }, (_, i) => (i % 5999 === 0 ? 0 : 1)), 2],
    [
      'one document many times',
      Int32Array.from({ length: 6_000 }, (_, i) => (i % 5_999 === 0 ? 0 : 1 + (((i % 700) * 7919) % 50))),
      51,
    ],
    ['a Fibonacci word', fibonacci(5000), 3],
  ])('%s: no quadratic time', (_, ids, vocabSize) => {
    for (const order of [7, 300, every]) check(ids, vocabSize, order);
  });

  test('illegal orders and caps', () => {
    const ids = Int32Array.of(0, 1, 0);
    for (const options of [{ order: 0 }, { order: 2.5 }, { depthCap: 0 }, { depthCap: every }]) {
      expect(() => sortSuffixes(ids, 2, options)).toThrow(
        expect.objectContaining({ code: 'invalid-parameter' }),
      );
    }
  });
});

function fibonacci(length: number): Int32Array {
  let [a, b] = ['1', '12'];
  while (b.length < length) [a, b] = [b, b + a];
  return Int32Array.from(`0${b.slice(0, length)}0`, Number);
}
