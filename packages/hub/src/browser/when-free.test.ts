import { expect, test } from 'vitest';
import { whenFree } from './when-free';

const held = () => new DOMException('the file is held', 'NoModificationAllowedError');

test('acts again while a file is held, and gives what came of it', async () => {
  let acts = 0;
  const act = async () => {
    if (++acts < 3) throw held();
    return 'done';
  };
  expect(await whenFree(act)).toBe('done');
  expect(acts).toBe(3);
});

test('any other failure is told at once', async () => {
  let acts = 0;
  const act = async () => {
    acts++;
    throw new DOMException('there is no room', 'QuotaExceededError');
  };
  await expect(whenFree(act)).rejects.toThrow('there is no room');
  expect(acts).toBe(1);
});
