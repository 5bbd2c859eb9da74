import { startRun } from '@nexttoken/generate';
import { createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { categorical, greedy, gumbelMax, temperature, topK, xtc } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counterfactualRun } from './counterfactual-run';
import { cumulativeDistribution } from './cumulative-distribution';
import { drawHistogram } from './draw-histogram';
import { drawToken } from './draw-token';
import { sweepDraw } from './sweep-draw';

const logOf = (...probabilities: number[]) => Float32Array.from(probabilities, (p) => Math.log(p));
const row = fc
  .array(fc.float({ min: -6, max: 6, noNaN: true }), { minLength: 4, maxLength: 20 })
  .map((values) => Float32Array.from(values));
const draw = fc.double({ min: 0, max: 0.999999, noNaN: true });

describe('drawToken', () => {
  test('the draw is a place in the cumulative distribution', () => {
    const even = logOf(0.5, 0.25, 0.25);
    expect(drawToken(even, { draw: 0.3 })).toMatchObject({ id: 0, draw: 0.3 });
    const picked = drawToken(even, { draw: 0.6 });
    expect([picked.id, picked.share, ...picked.interval!]).toEqual([
      1,
      expect.closeTo(0.25),
      expect.closeTo(0.5),
      expect.closeTo(0.75),
    ]);
    // Colder, the same luck picks the first; without it, another.
    expect(drawToken(even, { draw: 0.6, processors: temperature(0.4) }).id).toBe(0);
    expect(drawToken(even, { draw: 0.6, processors: [topK(1)] })).toMatchObject({ id: 0, share: 1 });
  });

  test('the interval picks the token, and only it', () => {
    fc.assert(
      fc.property(row, draw, (logits, u) => {
        const { id, interval, share } = drawToken(logits, { draw: u });
        const [low, high] = interval!;
        expect(high - low).toBeCloseTo(share, 9);
        expect(u).toBeGreaterThanOrEqual(low - 1e-9);
        expect(u).toBeLessThanOrEqual(high + 1e-9);
        expect(drawToken(logits, { draw: Math.min(0.9999999, (low + high) / 2) }).id).toBe(id);
      }),
    );
  });

  test('the noise of gumbelMax is held too: a change that scales nothing picks the same', () => {
    fc.assert(
      fc.property(row, draw, (logits, u) => {
        const sampler = gumbelMax();
        const picked = drawToken(logits, { draw: u, sampler });
        expect(picked.interval).toBeUndefined();
        // Removing any other token does not move the pick.
        const other = Array.from(logits.keys()).find((id) => id !== picked.id)!;
        const without = logits.map((logit, id) => (id === other ? Number.NEGATIVE_INFINITY : logit));
        expect(drawToken(without, { draw: u, sampler }).id).toBe(picked.id);
      }),
    );
  });

  test('refusals', () => {
    expect(() => drawToken(logOf(1), { draw: 1 })).toThrow('[0, 1)');
    expect(() => drawToken(logOf(0.5, 0.5), { draw: 0, processors: xtc(1) })).toThrow('random');
    expect(() => sweepDraw(logOf(1), [], () => [], { draw: 0 })).toThrow('values');
  });
});

test('sweepDraw: where a slider flips the pick', () => {
  const values = [0.2, 0.6, 1, 2, 4];
  const swept = sweepDraw(logOf(0.6, 0.3, 0.1), values, (value) => temperature(value), { draw: 0.65 });
  expect(swept.map(({ value }) => value)).toEqual(values);
  expect(swept.map(({ id }) => id)).toEqual([0, 0, 1, 1, 1]);
  expect(swept.map(({ flips }) => flips)).toEqual([false, false, true, false, false]);
});

test('counterfactualRun: the same settings change nothing; others say where the paths part, as a fork shows', async () => {
  const made = await startRun({
    model: createTestModel({ vocabSize: 12, logitsAfter: hashedLogits(12, 4) }),
    prompt: [3],
    processors: [temperature(1.3), topK(8)],
    sampler: categorical(),
    seed: 11,
    maxNewTokens: 16,
    endTokenIds: [],
    capture: { logits: true },
  });
  const own = counterfactualRun(made.record, { processors: [temperature(1.3), topK(8)] });
  expect(own.firstDifference).toBeUndefined();
  expect(own.steps.map(({ other, id }) => other!.id === id)).toEqual(made.record.ids.map(() => true));

  const changes = { processors: temperature(0.5) };
  const other = counterfactualRun(made.record, changes);
  const first = other.firstDifference!;
  const fork = await made.fork({ step: 0, ...changes });
  expect(fork.record.ids.slice(0, first)).toEqual(made.record.ids.slice(0, first));
  expect(fork.record.ids[first]).toBe(other.steps[first]!.other!.id);
  await fork.dispose();

  const best = counterfactualRun(made.record, { sampler: greedy() });
  expect(best.steps.every(({ other: choice }) => choice !== undefined)).toBe(true);
  const { rows: _rows, ...bare } = made.record;
  expect(counterfactualRun(bare, changes).steps.every(({ other: choice, same }) => !choice && same)).toBe(
    true,
  );
  await made.dispose();
});

test('cumulativeDistribution: ascending ids, each where categorical finds it', () => {
  fc.assert(
    fc.property(row, fc.integer({ min: 1, max: 20 }), (scores, top) => {
      const entries = cumulativeDistribution(scores, undefined, top);
      expect(entries.length).toBe(Math.min(top, scores.length));
      for (const { id, low, high } of entries) {
        const [from, to] = drawToken(scores, { draw: Math.min(0.9999999, (low + high) / 2) }).interval!;
        if (high - low > 1e-6) expect([from, to]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
        expect(id).toBeLessThan(scores.length);
      }
    }),
  );
  expect(cumulativeDistribution(logOf(0.5, 0.5)).map(({ low, high }) => [low, high])).toEqual([
    [0, expect.closeTo(0.5)],
    [expect.closeTo(0.5), expect.closeTo(1)],
  ]);
});

test('drawHistogram: counts follow the shares, every draw is counted', () => {
  const scores = logOf(0.6, 0.3, 0.08, 0.02);
  const { rows, others } = drawHistogram(scores, { count: 20_000, seed: 7, top: 2 });
  expect(rows.map(({ id, expected }) => [id, Math.round(expected)])).toEqual([
    [0, 12_000],
    [1, 6_000],
  ]);
  for (const { drawn, expected, share } of rows)
    expect(Math.abs(drawn - expected)).toBeLessThan(5 * Math.sqrt(expected * (1 - share)));
  expect(others).toMatchObject({ tokens: 2, share: expect.closeTo(0.1) });
  expect(rows.reduce((sum, { drawn }) => sum + drawn, others.drawn)).toBe(20_000);
  expect(drawHistogram(scores, { seed: 7 })).toEqual(drawHistogram(scores, { seed: 7 }));
  expect(() => drawHistogram(scores, { count: 0 })).toThrow('count');
});
