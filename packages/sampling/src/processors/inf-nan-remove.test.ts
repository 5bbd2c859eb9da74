import { createRandom } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { run, runPlain } from '../testing/run-processor';
import { infNanRemove } from './inf-nan-remove';

const largest = 3.4028234663852886e38;

describe('infNanRemove', () => {
  test('NaN becomes 0, infinities the largest and the lowest float32', () => {
    expect(runPlain(infNanRemove(), [Number.NaN, Infinity, -Infinity, 1.5])).toEqual([
      0,
      largest,
      -largest,
      1.5,
    ]);
    expect(Math.fround(largest)).toBe(largest);
    expect(Math.fround(largest * (1 + 2 ** -24))).toBe(Infinity);
  });

  test('changes no bit of a finite row', () => {
    const row = Float32Array.of(-0, 1e-45, -1e38, largest, -largest);
    expect(run(infNanRemove(), row)).toEqual(row);
  });

  test('whatever a row holds, both samplers can choose afterwards', () => {
    const score = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Infinity, -Infinity));
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 20 }), (values) => {
        const row = run(infNanRemove(), values);
        for (const sampler of [greedy(), categorical()]) {
          const { id } = sampler.sample(row, { random: createRandom(3), row: 0 }, undefined);
          expect(id).toBeGreaterThanOrEqual(0);
          expect(id).toBeLessThan(row.length);
        }
      }),
    );
  });

  test('is data', () => {
    expect(infNanRemove()).toMatchObject({ kind: 'processor', type: 'infNanRemove', parameters: {} });
  });
});
