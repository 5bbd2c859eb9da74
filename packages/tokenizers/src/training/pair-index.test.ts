import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPairIndex } from './pair-index';

test('numbers pairs as a map of strings would', () => {
  const id = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 31 - 1 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id), { maxLength: 400 }), (added) => {
      const index = createPairIndex(1);
      const known = new Map<string, number>();
      for (const [left, right] of added) {
        const key = `${left} ${right}`;
        expect(index.find(left, right)).toBe(known.get(key) ?? -1);
        if (!known.has(key)) known.set(key, known.size);
        const pair = index.add(left, right);
        expect(pair).toBe(known.get(key));
        expect([index.left(pair), index.right(pair)]).toEqual([left, right]);
      }
      expect(index.size).toBe(known.size);
    }),
  );
});
