import { expect, test } from 'vitest';
import { createCollectingRunner } from './create-collecting-runner';

test('runs in order, hooks around their group, and collects the failures', async () => {
  const runner = createCollectingRunner();
  const log: string[] = [];
  const note = (entry: string) => async () => void log.push(entry);
  runner.describe('a', () => {
    runner.beforeAll(note('before'));
    runner.afterAll(note('after'));
    runner.describe('b', () => runner.test('one', note('one')));
    runner.test('two', async () => {
      throw new Error('wrong');
    });
  });
  runner.test('three', note('three'));
  expect(log).toEqual([]);
  const results = await runner.run();
  expect(log).toEqual(['before', 'one', 'after', 'three']);
  expect(results).toEqual([
    { path: ['a', 'b', 'one'] },
    { path: ['a', 'two'], error: new Error('wrong') },
    { path: ['three'] },
  ]);
});

test('a failing beforeAll is listed and its tests do not run', async () => {
  const runner = createCollectingRunner();
  runner.describe('a', () => {
    runner.beforeAll(() => Promise.reject(new Error('no model')));
    runner.test('one', async () => {});
  });
  expect(await runner.run()).toEqual([{ path: ['a'], error: new Error('no model') }]);
});

test('a test over its time limit fails', async () => {
  const runner = createCollectingRunner();
  runner.test('hangs', () => new Promise(() => {}), 10);
  expect(await runner.run()).toEqual([{ path: ['hangs'], error: new Error('not done after 10 ms') }]);
});
