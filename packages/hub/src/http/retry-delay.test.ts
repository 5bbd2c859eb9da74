import { expect, test } from 'vitest';
import { retryDelay } from './retry-delay';

const limits = { shortest: 100, longest: 5_000 };
const asking = (after: string) => new Response(null, { status: 429, headers: { 'retry-after': after } });

test('waits as long as the server asks, in seconds or until a date, but not beyond the limit', () => {
  expect(retryDelay(0, asking('2'), limits)).toBe(2_000);
  expect(retryDelay(0, asking('0'), limits)).toBe(0);
  expect(retryDelay(0, asking('3600'), limits)).toBe(5_000);
  const soon = new Date(Date.now() + 3_500).toUTCString();
  expect(retryDelay(0, asking(soon), limits)).toBeGreaterThan(1_500);
  expect(retryDelay(0, asking(soon), limits)).toBeLessThan(3_600);
  expect(retryDelay(0, asking(new Date(0).toUTCString()), limits)).toBe(0);
});

test.each([undefined, 'whenever'])('else twice as long each time, with jitter: %s', (after) => {
  const response = after === undefined ? undefined : asking(after);
  for (let attempt = 0; attempt < 5; attempt++) {
    const wait = retryDelay(attempt, response, limits);
    expect(wait).toBeGreaterThanOrEqual(50 * 2 ** attempt);
    expect(wait).toBeLessThanOrEqual(150 * 2 ** attempt);
  }
  expect(retryDelay(30, response, limits)).toBe(5_000);
});
