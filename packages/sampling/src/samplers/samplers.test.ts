import type { Random } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { categorical } from './categorical';
import { greedy } from './greedy';

const gone = Number.NEGATIVE_INFINITY;

/** A source that hands out one number, whatever it is, and counts. */
function fixed(value: number): Random & { draws: number } {
  const random = createRandom(0);
  return {
    draws: 0,
    next() {
      this.draws++;
      return value;
    },
    nextUint32: random.nextUint32,
    fork: random.fork,
    state: random.state,
  };
}

const choose = (row: readonly number[], u: number) =>
  categorical().sample(Float32Array.from(row), { random: fixed(u), row: 0 }, undefined);

describe('greedy', () => {
  test.each([
    [[1, 3, 2], 1],
    [[2, 5, 5], 1],
    [[gone, gone, -1e38], 2],
    [[gone, Infinity], 1],
  ])('%j -> %d', (row, id) => {
    const random = fixed(0);
    expect(greedy().sample(Float32Array.from(row), { random, row: 0 }, undefined)).toEqual({ id });
    expect(random.draws).toBe(0);
  });
});

describe.each([greedy(), categorical()])('$type', (sampler) => {
  const sample = (row: number[], random = fixed(0)) =>
    sampler.sample(Float32Array.from(row), { random, row: 4 }, undefined);

  test('is data', () => {
    expect(sampler).toMatchObject({ kind: 'sampler', parameters: {} });
  });

  test('refuses a row without candidates, and one with NaN, drawing nothing', () => {
    const random = fixed(0);
    expect(() => sample([gone, gone], random)).toThrow(
      expect.objectContaining({ code: 'no-candidates', details: expect.objectContaining({ row: 4 }) }),
    );
    expect(() => sample([], random)).toThrow(expect.objectContaining({ code: 'no-candidates' }));
    expect(() => sample([1, Number.NaN], random)).toThrow(
      expect.objectContaining({ code: 'invalid-scores', details: expect.objectContaining({ index: 1 }) }),
    );
    expect(random.draws).toBe(0);
  });

  test('does not change the scores', () => {
    const row = Float32Array.of(1, gone, 3);
    sampler.sample(row, { random: fixed(0.5), row: 0 }, undefined);
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
        const { id } = categorical().sample(row, { random: fixed(value), row: 0 }, undefined);
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
