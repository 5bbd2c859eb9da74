import { createRandom } from '@nexttoken/numeric';
import { expect, test } from 'vitest';
import { choose } from './choose';
import { initialSettings, processorsOf, stageControls } from './settings';

const row = Float32Array.of(1, 3, 2, -1);
const context = (ids: number[], promptLength: number) => ({ ids, promptLength, row: 0, batchItem: 0 });

test('u is the draw that a run from the same seed comes to at this step, whatever the sliders say', () => {
  const random = createRandom(42);
  for (let step = 0; step < 5; step++) {
    const draw = random.next();
    const ids = [0, 1, 2, 3, 0, 1, 2].slice(0, 2 + step);
    const stages = { ...initialSettings.stages, temperature: 0.5, topK: 2 };
    expect(choose(row, initialSettings, context(ids, 2)).draw).toBe(draw);
    expect(choose(row, { ...initialSettings, stages }, context(ids, 2)).draw).toBe(draw);
  }
});

test('the row is not changed, removed tokens have no share, greedy draws nothing', () => {
  const before = row.slice();
  const stages = { ...initialSettings.stages, topK: 1 };
  const choice = choose(row, { ...initialSettings, stages }, context([0], 1));
  expect(choice).toMatchObject({ id: 1, share: 1 });
  expect([...choice.scores]).toEqual([-Infinity, 3, -Infinity, -Infinity]);
  expect(row).toEqual(before);
  const greedy = choose(row, { ...initialSettings, sampler: 'greedy' }, context([0], 1));
  expect(greedy).toMatchObject({ id: 1, draw: undefined });
  const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
  expect(greedy.probability).toBeCloseTo(Math.exp(3) / total, 10);
});

test('every slider has its neutral value on it, and is then no processor', () => {
  for (const { name, values, neutral } of stageControls) {
    expect(values).toContain(neutral);
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) {
      const stages = { ...initialSettings.stages, [name]: value };
      const { processors } = processorsOf({ ...initialSettings, stages }).parameters as {
        processors: unknown[];
      };
      expect(processors).toHaveLength(value === neutral ? 0 : 1);
    }
  }
});
