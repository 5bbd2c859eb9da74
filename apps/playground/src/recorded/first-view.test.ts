import { expect, test } from 'vitest';
import recorded from './first-view.json';
import { recordFirstView } from './record-first-view';

test('the recorded view is what the embedded model says', async () => {
  const { prompt, shaped } = JSON.parse(JSON.stringify(await recordFirstView())) as typeof recorded;
  expect(prompt).toEqual(recorded.prompt);
  expect(shaped.table.rows.map(({ id }) => id)).toEqual(recorded.shaped.table.rows.map(({ id }) => id));
  shaped.table.rows.forEach(({ logit, probability }, index) => {
    expect(logit).toBeCloseTo(recorded.shaped.table.rows[index]!.logit, 3);
    expect(probability).toBeCloseTo(recorded.shaped.table.rows[index]!.probability, 4);
  });
  expect(shaped.reading.chosen.id).toBe(recorded.shaped.reading.chosen.id);
});
