import { expect, test } from 'vitest';
import { runClient } from '../bench/client';
import { readMetric } from './testing/read-metric';
import { useServer } from './testing/start-server';

const site = useServer({ maxRows: 64, maxQueue: 64 });

test('64 clients at once lose no request and mix no streams; nothing is left behind', async () => {
  const end = performance.now() + 3000;
  const reports = await Promise.all(
    Array.from({ length: 64 }, (_, client) => runClient(site.server.url, client, end)),
  );
  const sum = (name: 'requests' | 'lost' | 'mixed') =>
    reports.reduce((total, report) => total + report[name], 0);
  expect(sum('requests')).toBeGreaterThanOrEqual(64);
  expect([sum('lost'), sum('mixed')]).toEqual([0, 0]);
  const [steps, rows] = await Promise.all(
    ['nexttoken_batch_steps_total', 'nexttoken_batch_rows_total'].map((name) =>
      readMetric(site.server.url, name),
    ),
  );
  expect(rows! / steps!).toBeGreaterThan(8);
  expect(await readMetric(site.server.url, 'nexttoken_running_rows')).toBe(0);
});

test('a server that closes in the middle finishes all of them', async () => {
  const server = await site.start({ maxRows: 64 });
  const running = Array.from({ length: 16 }, (_, client) => runClient(server.url, client, performance.now()));
  while ((await readMetric(server.url, 'nexttoken_running_rows')) < 16)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await server.close();
  expect((await Promise.all(running)).map(({ requests, lost }) => [requests, lost])).toEqual(
    running.map(() => [1, 0]),
  );
  await expect(fetch(`${server.url}/health`)).rejects.toThrow();
});
