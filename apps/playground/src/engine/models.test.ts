import { expect, test } from 'vitest';
import { Models } from './models';
import type { OpenModel } from './open-model';

/** A model whose freeing ends when it is told to. */
function slowlyFreed() {
  let free = () => {};
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  const open = { loaded: { dispose: () => freed }, rows: { dispose: async () => {} }, onClose: new Set() };
  return { open: open as unknown as OpenModel, free };
}

test('a model is free when any of its closings settles, whoever asked first', async () => {
  const models = new Models();
  const { open, free } = slowlyFreed();
  await models.open('tales', async () => open);
  const settled: string[] = [];
  const both = ['first', 'second'].map(async (name) => {
    await models.close('tales');
    settled.push(name);
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(settled).toEqual([]);
  free();
  await Promise.all(both);
  expect(settled.toSorted()).toEqual(['first', 'second']);
  await models.close('tales');
});

test('while one is being freed it can be opened anew, and is then another', async () => {
  const models = new Models();
  const [before, after] = [slowlyFreed(), slowlyFreed()];
  await models.open('tales', async () => before.open);
  const closing = models.close('tales');
  expect(await models.open('tales', async () => after.open)).toBe(after.open);
  before.free();
  await closing;
  expect(await models.get('tales')).toBe(after.open);
});
