import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LengthMask } from './length-mask';

test('whatever was asked for before, the mask is that of the lengths at hand', () => {
  const call = fc
    .record({ rows: fc.integer({ min: 1, max: 3 }), capacity: fc.integer({ min: 1, max: 9 }) })
    .chain(({ rows, capacity }) =>
      fc.record({
        capacity: fc.constant(capacity),
        lengths: fc.array(fc.integer({ min: 0, max: capacity }), { minLength: rows, maxLength: rows }),
      }),
    );
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 8 }), (calls) => {
      const mask = new LengthMask();
      for (const { lengths, capacity } of calls)
        expect([...mask.of(lengths, capacity)]).toEqual(
          lengths.flatMap((length) =>
            Array.from({ length: capacity }, (_, i) => (i < length ? 0 : -Infinity)),
          ),
        );
    }),
  );
});
