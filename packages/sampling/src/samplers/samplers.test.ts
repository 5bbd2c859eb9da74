import type { Sampler } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { fixedRandom } from '../testing/fixed-random';
import { adaptiveP } from './adaptive-p';
import { categorical } from './categorical';
import { greedy } from './greedy';
import { gumbelMax } from './gumbel-max';
import { mirostat } from './mirostat';
import { mirostatV2 } from './mirostat-v2';

const gone = Number.NEGATIVE_INFINITY;

const choose = (row: readonly number[], u: number) =>
  categorical().sample(Float32Array.from(row), { random: fixedRandom(u), row: 0 }, undefined);

describe('greedy', () => {
  test.each([
    [[1, 3, 2], 1],
    [[2, 5, 5], 1],
    [[gone, gone, -1e38], 2],
    [[gone, Infinity], 1],
  ])('%j -> %d', (row, id) => {
    const random = fixedRandom(0);
    expect(greedy().sample(Float32Array.from(row), { random, row: 0 }, undefined)).toEqual({ id });
    expect(random.draws).toBe(0);
  });
});

const samplers: Sampler[] = [
  greedy(),
  categorical(),
  gumbelMax(),
  mirostat(5),
  mirostatV2(5),
  adaptiveP(0.5),
];

describe.each(samplers)('$type', (sampler) => {
  const state = sampler.initialState?.();
  const sample = (row: number[], random = fixedRandom(0)) =>
    sampler.sample(Float32Array.from(row), { random, row: 4 }, state);

  test('is data', () => {
    expect(sampler.kind).toBe('sampler');
    expect(JSON.parse(JSON.stringify(sampler.parameters))).toEqual(sampler.parameters);
  });

  test('refuses a row without candidates, and one with NaN, drawing nothing', () => {
    const random = fixedRandom(0);
    expect(() => sample([gone, gone], random)).toThrow(
      expect.objectContaining({ code: 'no-candidates', details: expect.objectContaining({ row: 4 }) }),
    );
    expect(() => sample([], random)).toThrow(expect.objectContaining({ code: 'no-candidates' }));
    expect(() => sample([1, Number.NaN], random)).toThrow(
      expect.objectContaining({ code: 'invalid-scores', details: expect.objectContaining({ index: 1 }) }),
    );
    expect(() => sample([gone, Number.NaN], random)).toThrow(
      expect.objectContaining({ code: 'invalid-scores' }),
    );
    expect(random.draws).toBe(0);
  });

  test('reports the one number it drew', () => {
    const random = fixedRandom(0.25);
    expect(sample([1, 2, gone], random).draw).toBe(sampler.type === 'greedy' ? undefined : 0.25);
    expect(random.draws).toBe(sampler.type === 'greedy' ? 0 : 1);
  });

  test.each([0, 0.5, 1 - 2 ** -53])('never chooses a removed token (u = %d)', (u) => {
    expect(sample([gone, 2, gone, gone], fixedRandom(u)).id).toBe(1);
    expect([1, 3]).toContain(sample([gone, 2, gone, 2, gone], fixedRandom(u)).id);
  });

  test('does not change the scores', () => {
    const row = Float32Array.of(1, gone, 3);
    sampler.sample(row, { random: fixedRandom(0.5), row: 0 }, state);
    expect(Array.from(row)).toEqual([1, gone, 3]);
  });
});

describe('categorical', () => {
  test.each([
    [0, 0],
    [0.2499, 0],
    [0.25, 1],
    [0.4999, 1],
    [0.5, 2],
    [1 - 2 ** -53, 3],
  ])('u = %d of four equal tokens -> %d', (u, id) => {
    expect(choose([7, 7, 7, 7], u)).toEqual({ id, draw: u });
  });

  test.each([0, 0.5, 1 - 2 ** -53, 1])('never chooses a removed token (u = %d)', (u) => {
    expect(choose([gone, 2, gone, gone], u).id).toBe(1);
    expect([1, 3]).toContain(choose([gone, 2, gone, 2, gone], u).id);
  });

  test('refuses +Infinity, by its index', () => {
    expect(() => choose([0, Infinity], 0.5)).toThrow(
      expect.objectContaining({ code: 'invalid-scores', details: expect.objectContaining({ index: 1 }) }),
    );
  });

  test('chooses a token with a positive weight, for every row and u', () => {
    const u = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1 - 2 ** -53, 1));
    fc.assert(
      fc.property(arbitraryRow, u, (row, value) => {
        fc.pre(row.some((score) => score > gone));
        const { id } = categorical().sample(row, { random: fixedRandom(value), row: 0 }, undefined);
        expect(row[id]! - Math.max(...row)).toBeGreaterThan(-746);
      }),
      { numRuns: 500 },
    );
  });

  test('the frequencies are the probabilities', () => {
    const row = Float32Array.of(0, 1, gone, 2, -1);
    const random = createRandom(12);
    const counts = [0, 0, 0, 0, 0];
    const draws = 50_000;
    for (let i = 0; i < draws; i++) counts[categorical().sample(row, { random, row: 0 }, undefined).id]!++;
    softmax(row).forEach((p, id) => {
      // Four standard deviations of a binomial.
      expect(Math.abs(counts[id]! - draws * p)).toBeLessThanOrEqual(4 * Math.sqrt(draws * p * (1 - p)));
    });
  });
});
