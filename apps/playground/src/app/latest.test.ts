import { expect, test } from 'vitest';
import { Latest } from './latest';

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('of several wishes at once the first is begun and the last is met', async () => {
  let wanted = 0;
  const done: string[] = [];
  const latest = new Latest(async (isStale) => {
    const own = wanted;
    await turn();
    done.push(`${own}${isStale() ? ' stale' : ''}`);
  });
  const all = [1, 2, 3].map((wish) => {
    wanted = wish;
    return latest.ask();
  });
  expect(latest.isBusy).toBe(true);
  await Promise.all(all);
  expect(done).toEqual(['1 stale', '3']);
  expect(latest.isBusy).toBe(false);
  wanted = 4;
  await latest.ask();
  expect(done.at(-1)).toBe('4');
});
