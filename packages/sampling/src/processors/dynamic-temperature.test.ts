import { entropy } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { dynamicTemperature } from './dynamic-temperature';
import { temperature } from './temperature';

const gone = Number.NEGATIVE_INFINITY;

describe('dynamicTemperature', () => {
  test('equal scores: the highest temperature; one far above: the lowest', () => {
    expect(runPlain(dynamicTemperature(1, { range: 0.5 }), [3, 3, 3])).toEqual([2, 2, 2]);
    expect(runPlain(dynamicTemperature(1, { range: 0.5 }), [300, 0, 0])).toEqual([600, 0, 0]);
  });

  test('follows the formula in between', () => {
    const row = [2, 1, 0, gone];
    const share = entropy(Float32Array.from(row)) / Math.log(3);
    const divisor = Math.fround(0.3 + 1 * share ** 2);
    expect(runPlain(dynamicTemperature(0.8, { range: 0.5, exponent: 2 }), row)).toEqual([
      Math.fround(2 / divisor),
      Math.fround(1 / divisor),
      0,
      gone,
    ]);
  });

  test('at temperature 0 only the highest score stays, the lowest id among equals', () => {
    expect(runPlain(dynamicTemperature(0.5, { range: 0.5 }), [800, 0, 0])).toEqual([800, gone, gone]);
    expect(runPlain(dynamicTemperature(0, { range: 1, exponent: 1e9 }), [1, 5, 5])).toEqual([gone, 5, gone]);
  });

  test('rows of fewer than two candidates, with NaN or +Infinity, are left as they are', () => {
    for (const row of [[], [3], [gone, 4, gone], [gone], [1, Number.NaN, 3], [1, Infinity]]) {
      expect(runPlain(dynamicTemperature(1, { range: 0.5 }), row)).toEqual(row);
    }
  });

  test('without a range it is the plain temperature', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.1, max: 5, noNaN: true }), (row, t) => {
        expect(run(dynamicTemperature(t), row)).toEqual(run(temperature(t), row));
        expect(run(dynamicTemperature(1), row)).toEqual(row);
      }),
    );
  });

  test('keeps the order, and the temperature within its range', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0, max: 2, noNaN: true }), (row, range) => {
        const out = run(dynamicTemperature(1, { range }), row);
        const hottest = Math.fround(1 + range);
        for (let i = 0; i < row.length; i++) {
          const kept = out[i]! > gone || row[i]! === gone;
          if (kept)
            expect(Math.abs(out[i]!)).toBeGreaterThanOrEqual(Math.abs(Math.fround(row[i]! / hottest)));
          if (i > 0 && row[i]! > row[i - 1]!) expect(out[i]).toBeGreaterThanOrEqual(out[i - 1]!);
        }
      }),
    );
  });

  test('is data', () => {
    expect(dynamicTemperature(0.7)).toMatchObject({
      kind: 'processor',
      type: 'dynamicTemperature',
      parameters: { temperature: 0.7, range: 0, exponent: 1 },
    });
  });

  test.each([
    [0, {}, 'temperature'],
    [-1, { range: 2 }, 'temperature'],
    [Number.NaN, { range: 2 }, 'temperature'],
    [1, { range: -0.1 }, 'range'],
    [1, { range: Infinity }, 'range'],
    [1, { range: 1, exponent: -1 }, 'exponent'],
  ])('refuses %d, %j', (value, options, parameter) => {
    expect(() => dynamicTemperature(value, options)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => dynamicTemperature(1, { delta: 1 } as never)).toThrow(/unknown option delta/);
  });
});
