import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCrossing } from './find-crossing';
import { findCrossingBySort } from './find-crossing-by-sort';
import type { Crossing, MassOrder } from './mass-order';
import { removeBefore } from './remove-before';

/** Which tokens the crossing leaves, and the token that crosses. */
function outcome(crossing: Crossing | undefined, order: MassOrder) {
  if (crossing === undefined) return undefined;
  const scores = new Float32Array(order.keys.length);
  const crossingId = crossing.members[crossing.position];
  removeBefore(crossing, order.keys, scores);
  return { crossingId, kept: Array.from(scores.keys()).filter((id) => scores[id] === 0) };
}

function orderOf(values: readonly number[]): MassOrder {
  const keys = Float32Array.from(values);
  return { ranks: keys, keys, masses: keys };
}

const mass = fc.oneof(
  fc.float({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
  fc.constantFrom(0, 0.25, 0.5, 1e-42, 1e-20, Math.fround(0.1)),
);

describe('findCrossing', () => {
  test('counts from the smallest up; among equals the higher id comes first', () => {
    const order = orderOf([0.5, 0.25, 0.125, 0.125]);
    expect(
      outcome(
        findCrossing(order, (sum) => sum >= 0.125),
        order,
      ),
    ).toEqual({
      crossingId: 3,
      kept: [0, 1, 2, 3],
    });
    expect(
      outcome(
        findCrossing(order, (sum) => sum > 0.125),
        order,
      ),
    ).toEqual({ crossingId: 2, kept: [0, 1, 2] });
    expect(findCrossing(order, (sum) => sum > 1)).toBeUndefined();
  });

  test('is what sorting everything finds, also right at the line', () => {
    const line = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.nat({ max: 99 }));
    fc.assert(
      fc.property(
        fc.array(mass, { minLength: 1, maxLength: 120 }),
        line,
        fc.boolean(),
        (values, at, strict) => {
          const order = orderOf(values);
          // A whole number puts the line exactly on one of the sums.
          const sorted = Float64Array.from(order.masses).sort();
          const limit = Number.isInteger(at)
            ? Math.fround(sorted.slice(0, (at % values.length) + 1).reduce((sum, value) => sum + value, 0))
            : at;
          const crosses = (sum: number) => (strict ? Math.fround(sum) > limit : Math.fround(sum) >= limit);
          expect(outcome(findCrossing(order, crosses), order)).toEqual(
            outcome(findCrossingBySort(order, crosses), order),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('sorts everything where the order of summing decides', () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const size = 1500;
      const ranks = Float32Array.from({ length: size }, () => random.next());
      // Of such different sizes that float64 sums are rounded, in each order differently.
      const masses = Float32Array.from({ length: size }, () => random.next() ** 24);
      const order: MassOrder = { ranks, keys: ranks, masses };
      const ascending = Array.from(ranks.keys()).sort((a, b) => ranks[a]! - ranks[b]! || b - a);
      let sum = 0;
      ascending.forEach((id, i) => {
        sum += masses[id]!;
        if (i < size - 20) return;
        // A line in float64 exactly at a sum taken in order: one unit in the last place moves the crossing.
        const limit = sum;
        const crosses = (total: number) => total >= limit;
        expect(outcome(findCrossing(order, crosses), order)).toEqual(
          outcome(findCrossingBySort(order, crosses), order),
        );
      });
    }
  });
});
