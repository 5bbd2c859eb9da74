import { createReferenceModel } from '@nexttoken/backend-testkit';
import { expect, test } from 'vitest';
import { RowSource } from './row-source';
import type { TakenToken, TextState } from './text-state';

const model = createReferenceModel();

function textOf(promptIds: readonly number[], taken: readonly number[] = []): TextState {
  const token = (id: number): TakenToken => ({
    id,
    token: '',
    logit: 0,
    probability: 1,
    share: 1,
    draw: undefined,
    by: 'hand',
    row: new Float32Array(),
  });
  return { prompt: '', promptIds, taken: taken.map(token) };
}

async function fresh(ids: readonly number[]): Promise<Float32Array> {
  const session = await model.createSession();
  const { logits } = await session.forward([ids]);
  const row = logits[0]!.data.slice();
  await session.dispose();
  return row;
}

test.each([
  ['longer by one', [[1, 2, 3]], [1, 2, 3, 4]],
  ['cut back', [[1, 2, 3, 4, 5]], [1, 2, 3]],
  ['another branch', [[1, 2, 3, 4, 5]], [1, 2, 9, 4]],
  ['something else', [[1, 2, 3]], [7]],
  ['the same ids in another state', [[1, 2, 3]], [1, 2, 3]],
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
  for (const other of before) await rows.rowOf(textOf(other));
  const row = await rows.rowOf(textOf(ids.slice(0, 1), ids.slice(1)));
  const expected = await fresh(ids);
  row.forEach((value, id) => {
    expect(Math.abs(value - expected[id]!)).toBeLessThan(1e-4);
  });
});

test('a known text costs nothing, a failing one leaves the others usable', async () => {
  const rows = new RowSource(model);
  const text = textOf([1, 2, 3]);
  const row = await rows.rowOf(text);
  expect(rows.known(text)).toBe(row);
  expect(await rows.rowOf(text)).toBe(row);
  await expect(rows.rowOf(textOf([]))).rejects.toMatchObject({ code: 'empty-prompt' });
  await expect(rows.rowOf(textOf([1, 99_999]))).rejects.toMatchObject({ code: 'invalid-token-id' });
  const after = await rows.rowOf(textOf([1, 2]));
  expect(Math.abs(after[0]! - (await fresh([1, 2]))[0]!)).toBeLessThan(1e-4);
});
