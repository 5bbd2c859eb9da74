import { createRandom, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { minP } from '../processors/min-p';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { arbitraryRow } from '../testing/arbitrary-row';
import { chiSquare } from '../testing/chi-square';
import { fixedRandom } from '../testing/fixed-random';
import { run } from '../testing/run-processor';
import { categorical } from './categorical';
import { gumbelMax } from './gumbel-max';
import { gumbelNoise } from './gumbel-noise';

const gone = Number.NEGATIVE_INFINITY;
const choose = (row: Float32Array, u: number) =>
  gumbelMax().sample(row, { random: fixedRandom(u), row: 0 }, undefined).id;

const uniform = fc.oneof(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.constantFrom(0, 1 - 2 ** -53),
);

describe('gumbelMax', () => {
  test('is the arg-max of score and noise, whatever is passed over on the way', () => {
    fc.assert(
      fc.property(arbitraryRow, uniform, (row, u) => {
        fc.pre(row.some((score) => score > gone));
        const { noiseOf } = gumbelNoise(u);
        let best = -1;
        let largest = gone;
        for (const [id, score] of row.entries()) {
          const sum = score + noiseOf(id);
          if (sum > largest) [best, largest] = [id, sum];
        }
        // Two sums may round to one number where the scores are huge: either is an arg-max then.
        const chosen = choose(row, u);
        expect(row[chosen]! + noiseOf(chosen)).toBe(largest);
        if (Math.abs(largest) < 1e6) expect(chosen).toBe(best);
      }),
      { numRuns: 500 },
    );
  });

  test('removing other tokens changes nothing while the chosen one stays', () => {
    const filter = fc.constantFrom(topK(5), topP(0.7), minP(0.2), chain(topK(20), topP(0.5)));
    fc.assert(
      fc.property(arbitraryRow, uniform, filter, (row, u, processor) => {
        fc.pre(row.some((score) => score > gone));
        const before = choose(row, u);
        const after = run(processor, row);
        if (after[before]! > gone) expect(choose(after, u)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  test('two chains with the same luck mostly choose the same token; inverse CDF mostly does not', () => {
    const random = createRandom(6);
    const row = Float32Array.from({ length: 400 }, () => 4 * random.next());
    const [a, b] = [run(temperature(0.9), row), run(temperature(1.2), row)];
    const [p, q] = [softmax(a), softmax(b)];
    const rounds = 2000;
    let same = 0;
    let sameCategorical = 0;
    for (let i = 0; i < rounds; i++) {
      const u = random.next();
      const of = (scores: Float32Array) =>
        categorical().sample(scores, { random: fixedRandom(u), row: 0 }, undefined).id;
      if (choose(a, u) === choose(b, u)) same++;
      if (of(a) === of(b)) sameCategorical++;
    }
    // P(same) of a Gumbel coupling is at least the overlap of the two, counted pessimistically.
    const overlap = p.reduce((sum, x, id) => sum + Math.min(x, q[id]!), 0);
    const union = p.reduce((sum, x, id) => sum + Math.max(x, q[id]!), 0);
    const bound = overlap / union;
    expect(same / rounds).toBeGreaterThan(bound - 4 * Math.sqrt((bound * (1 - bound)) / rounds));
    expect(sameCategorical / rounds).toBeLessThan(bound / 2);
  });

  test('refuses +Infinity, by its index', () => {
    expect(() => choose(Float32Array.of(0, Infinity), 0.5)).toThrow(
      expect.objectContaining({ code: 'invalid-scores', details: expect.objectContaining({ index: 1 }) }),
    );
  });
});

describe('gumbelNoise', () => {
  const uniformOf = (noise: number) => Math.exp(-Math.exp(-noise));
  const cell = (noise: number) => Math.min(Math.floor(16 * uniformOf(noise)), 15);
  const sixteenth = new Array<number>(16).fill(1 / 16);

  test.each([
    ['over the ids of one draw', (i: number) => gumbelNoise(0.123456789).noiseOf(i)],
    ['over the draws for one id', (i: number) => gumbelNoise(createRandom(i).next()).noiseOf(7)],
    ['over draws that differ in their last bits', (i: number) => gumbelNoise(0.5 + i * 2 ** -53).noiseOf(7)],
  ])('is Gumbel %s', (_name, noiseAt) => {
    const counts = new Array<number>(16).fill(0);
    for (let i = 0; i < 40_000; i++) counts[cell(noiseAt(i))]!++;
    const { statistic, limit } = chiSquare(counts, sixteenth);
    expect(statistic).toBeLessThan(limit);
  });

  test('neighbours, in ids and in draws, are independent', () => {
    const pairs = [new Array<number>(256).fill(0), new Array<number>(256).fill(0)];
    for (let i = 0; i < 40_000; i++) {
      const noise = gumbelNoise(createRandom(i).next());
      pairs[0]![16 * cell(noise.noiseOf(100)) + cell(noise.noiseOf(101))]!++;
      const [a, b] = [gumbelNoise(i * 2 ** -32), gumbelNoise((i + 1) * 2 ** -32)];
      pairs[1]![16 * cell(a.noiseOf(9)) + cell(b.noiseOf(9))]!++;
    }
    for (const counts of pairs) {
      const { statistic, limit } = chiSquare(counts, new Array<number>(256).fill(1 / 256));
      expect(statistic).toBeLessThan(limit);
    }
  });

  test('is finite and never above its bound', () => {
    fc.assert(
      fc.property(uniform, fc.nat(), (u, id) => {
        const { noiseOf, boundOf } = gumbelNoise(u);
        expect(Number.isFinite(noiseOf(id))).toBe(true);
        expect(noiseOf(id)).toBeLessThanOrEqual(boundOf(id));
      }),
      { numRuns: 5000 },
    );
  });
});
