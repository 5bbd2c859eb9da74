import { createReferenceModel } from '@nexttoken/backend-testkit';
import { expect, test } from 'vitest';
import { RowSource } from './row-source';

const model = createReferenceModel();

async function fresh(ids: readonly number[]): Promise<Float32Array> {
  const session = await model.createSession();
  const { logits } = await session.forward([ids]);
  const row = logits[0]!.data.slice();
  await session.dispose();
  return row;
}

function expectEqual(row: Float32Array, expected: Float32Array): void {
  row.forEach((value, id) => {
    expect(Math.abs(value - expected[id]!)).toBeLessThan(1e-4);
  });
}

test.each([
  ['longer by one', [[1, 2, 3]], [1, 2, 3, 4]],
  ['cut back', [[1, 2, 3, 4, 5]], [1, 2, 3]],
  ['another branch', [[1, 2, 3, 4, 5]], [1, 2, 9, 4]],
  ['something else', [[1, 2, 3]], [7]],
  ['the same again', [[1, 2, 3]], [1, 2, 3]],
  [
    'after several',
    [
      [1, 2, 3],
      [1, 5],
      [1, 5, 6, 7],
    ],
    [1, 5, 6],
  ],
])('the row of a text does not depend on those before: %s', async (_, before, ids) => {
  const rows = new RowSource(model);
  for (const other of before) await rows.rowOf(other);
  expectEqual(await rows.rowOf(ids), await fresh(ids));
});

test('a known text costs nothing, also when it is asked for twice at once', async () => {
  const rows = new RowSource(model);
  const [row, same] = await Promise.all([rows.rowOf([1, 2, 3]), rows.rowOf([1, 2, 3])]);
  expect(rows.known([1, 2, 3])).toBe(row);
  expect(same).toBe(row);
  expect(rows.forwards).toBe(1);
});

test('a failing text leaves the others usable', async () => {
  const rows = new RowSource(model);
  await rows.rowOf([1, 2, 3]);
  await expect(rows.rowOf([])).rejects.toMatchObject({ code: 'empty-prompt' });
  await expect(rows.rowOf([1, 99_999])).rejects.toMatchObject({ code: 'invalid-token-id' });
  expectEqual(await rows.rowOf([1, 2]), await fresh([1, 2]));
});

test('the rows that were not used for longest go first; they can be had again', async () => {
  const bytes = model.vocabSize * 4;
  const rows = new RowSource(model, 2 * bytes);
  await rows.rowOf([1]);
  await rows.rowOf([2]);
  rows.known([1]);
  await rows.rowOf([3]);
  expect(rows.known([2])).toBeUndefined();
  expect(rows.known([1])).toBeDefined();
  expectEqual(await rows.rowOf([2]), await fresh([2]));
});
