import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { fixedRandom } from '../testing/fixed-random';
import { adaptiveP } from './adaptive-p';
import { mirostat } from './mirostat';
import { mirostatV2 } from './mirostat-v2';

const zipf = Float32Array.from({ length: 400 }, (_, id) => -1.1 * Math.log(id + 1));

describe.each([mirostat(3), mirostatV2(3)])('$type', (sampler) => {
  test('begins at twice the target, and holds the surprise at it', () => {
    let state = sampler.initialState!();
    expect(state).toEqual({ mu: 6 });
    const random = createRandom(4);
    let surprise = 0;
    const steps = 2000;
    for (let i = 0; i < steps; i++) {
      const before = state;
      const result = sampler.sample(zipf, { random, row: 0 }, state);
      expect(before).toBe(state);
      state = result.state!;
      surprise += 3 - (state.mu - before.mu) / 0.1;
    }
    expect(surprise / steps).toBeCloseTo(3, 1);
  });

  test('one token left: no surprise, so mu rises by eta tau; the state given is not changed', () => {
    const state = Object.freeze({ mu: 0.001 });
    const result = sampler.sample(Float32Array.of(0, 9, 0), { random: fixedRandom(0.9), row: 0 }, state);
    expect(result).toEqual({ id: 1, draw: 0.9, state: { mu: expect.closeTo(0.001 + 0.1 * 3, 12) } });
  });
});

test('mirostat cuts equal scores: the lower ids are left; of a flat row all are', () => {
  const chosen = (row: Float32Array, mu: number, u: number) =>
    mirostat(3).sample(row, { random: fixedRandom(u), row: 0 }, { mu }).id;
  const steep = Float32Array.of(1, 1, 8, 1, 6, 1);
  const highest = Math.max(...[0, 0.3, 0.6, 0.999].map((u) => chosen(steep, 3, u)));
  expect(highest).toBeLessThan(5);
  expect(chosen(new Float32Array(10), 30, 0.99)).toBe(9);
});

test('eta 0 keeps the limit where it is', () => {
  const state = { mu: 4 };
  for (const sampler of [mirostat(3, { eta: 0 }), mirostatV2(3, { eta: 0 })]) {
    expect(sampler.sample(zipf, { random: createRandom(1), row: 0 }, state).state).toEqual(state);
  }
});

describe('adaptiveP', () => {
  const row = Float32Array.from([0.6, 0.25, 0.1, 0.05], Math.log);

  test('prefers the token nearest to the target', () => {
    const random = createRandom(2);
    const sampler = adaptiveP(0.25);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 2000; i++) {
      counts[sampler.sample(row, { random, row: 0 }, sampler.initialState!()).id]!++;
    }
    expect(Math.max(...counts)).toBe(counts[1]);
  });

  test('remembers what it drew: after likely tokens it aims lower', () => {
    const sampler = adaptiveP(0.4, { decay: 0.5 });
    let state = sampler.initialState!();
    expect(state).toEqual({ weightedSum: 0.8, totalWeight: 2 });
    const certain = Float32Array.of(9, Number.NEGATIVE_INFINITY);
    const { state: next } = sampler.sample(certain, { random: fixedRandom(0), row: 0 }, state);
    expect(next).toEqual({ weightedSum: 1.4, totalWeight: 2 });
    state = next!;
    expect(2 * 0.4 - state.weightedSum / state.totalWeight).toBeCloseTo(0.1, 12);
  });

  test('a candidate of probability 0 is still one, a removed one is not', () => {
    const extreme = Float32Array.of(0, -5000, Number.NEGATIVE_INFINITY);
    const { id } = adaptiveP(0).sample(
      extreme,
      { random: fixedRandom(0.99), row: 0 },
      { weightedSum: 0, totalWeight: 1 },
    );
    expect(id).toBe(1);
  });
});

test.each([
  [() => mirostat(0), 'tau'],
  [() => mirostat(Number.NaN), 'tau'],
  [() => mirostat(5, { eta: -1 }), 'eta'],
  [() => mirostat(5, { m: 1 }), 'm'],
  [() => mirostatV2(-1), 'tau'],
  [() => mirostatV2(5, { eta: Infinity }), 'eta'],
  [() => adaptiveP(-0.1), 'target'],
  [() => adaptiveP(1.1), 'target'],
  [() => adaptiveP(0.5, { decay: 1 }), 'decay'],
])('refuses %s', (make, parameter) => {
  expect(make).toThrow(
    expect.objectContaining({ code: 'invalid-parameter', details: expect.objectContaining({ parameter }) }),
  );
});

test('refuses unknown options', () => {
  expect(() => mirostat(5, { rate: 1 } as never)).toThrow(/unknown option rate/);
  expect(() => mirostatV2(5, { m: 1 } as never)).toThrow(/unknown option m/);
  expect(() => adaptiveP(0.5, { dacay: 0.5 } as never)).toThrow(/did you mean decay/);
});
