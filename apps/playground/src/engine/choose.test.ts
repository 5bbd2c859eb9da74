import { createReferenceModel } from '@nexttoken/backend-testkit';
import type { SamplingSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { createRandom } from '@nexttoken/numeric';
import { expect, test } from 'vitest';
import { choose } from './choose';
import { RowSource } from './row-source';
import { copyOf, memoryAt } from './step-memory';

const row = Float32Array.of(1, 3, 2, -1);
const position = (ids: number[], promptLength: number) => ({ ids, promptLength });
const settings: SamplingSettings = {
  stages: [],
  sampler: { type: 'categorical', parameters: {} },
  seed: 42,
};
const topK = (k: number, enabled = true) => ({
  type: 'topK',
  parameters: { k, minTokensToKeep: 1 },
  enabled,
});

test('u is the draw that a run from the same seed comes to at this step, whatever the sliders say', () => {
  const random = createRandom(42);
  const shaped = { ...settings, stages: [topK(2)] };
  for (let step = 0; step < 5; step++) {
    const draw = random.next();
    const ids = [0, 1, 2, 3, 0, 1, 2].slice(0, 2 + step);
    expect(choose(row, { settings }, position(ids, 2)).draw).toBe(draw);
    expect(choose(row, { settings: shaped }, position(ids, 2)).draw).toBe(draw);
  }
});

test('the row is not changed, removed tokens have no share, a stage that is off does nothing, greedy draws nothing', () => {
  const before = row.slice();
  const choice = choose(row, { settings: { ...settings, stages: [topK(1)] } }, position([0], 1));
  expect(choice).toMatchObject({ id: 1, share: 1 });
  expect([...choice.scores]).toEqual([-Infinity, 3, -Infinity, -Infinity]);
  expect(row).toEqual(before);
  const off = choose(row, { settings: { ...settings, stages: [topK(1, false)] } }, position([0], 1));
  expect([...off.scores]).toEqual([...row]);
  const sampler = { type: 'greedy', parameters: {} };
  const greedy = choose(row, { settings: { ...settings, sampler } }, position([0], 1));
  expect(greedy).toMatchObject({ id: 1, draw: undefined });
  expect(greedy.share).toBeGreaterThan(0.6);
});

test('a sampler that follows the text comes to the same state by looking as by going', async () => {
  const rows = new RowSource(createReferenceModel());
  const mirostat = { ...settings, sampler: { type: 'mirostatV2', parameters: { tau: 3, eta: 0.5 } } };
  const ids = [1, 2];
  let memory = await memoryAt(rows, { settings: mirostat }, position(ids, 2));
  for (let step = 0; step < 5; step++) {
    const at = position([...ids], 2);
    const looked = copyOf(await memoryAt(rows, { settings: mirostat }, at));
    const seen = choose(await rows.rowOf(ids), { settings: mirostat }, at, looked);
    const went = choose(await rows.rowOf(ids), { settings: mirostat }, at, memory);
    expect(seen.id).toBe(went.id);
    expect(seen.next.state).toEqual(went.next.state);
    memory = went.next;
    ids.push(went.id);
  }
});
