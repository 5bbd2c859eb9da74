import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Server } from './http/server-options';
import { metricReaches, readMetric } from './testing/read-metric';
import { useServer } from './testing/start-server';

const site = useServer();

const ask = (server: Server, body: Record<string, unknown>) =>
  fetch(`${server.url}/v1/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'Once upon a time', ignore_eos: true, ...body }),
  });

describe('the queue', () => {
  test('rows run, requests wait, further ones are told to come back', async () => {
    const server = await site.start({ maxRows: 2, maxQueue: 2 });
    const long = [0, 1].map(() => ask(server, { max_tokens: 150 }));
    await metricReaches(server.url, 'nexttoken_running_rows', 2);
    const waiting = [0, 1].map(() => ask(server, { max_tokens: 2 }));
    await metricReaches(server.url, 'nexttoken_waiting_requests', 2);
    const refused = await ask(server, { max_tokens: 2 });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'queue_full' } });
    for (const response of await Promise.all([...long, ...waiting])) expect(response.status).toBe(200);
    expect(await readMetric(server.url, 'nexttoken_running_rows')).toBe(0);
    await server.close();
  });

  test('who waits may leave', async () => {
    const server = await site.start({ maxRows: 1, maxQueue: 5 });
    const long = ask(server, { max_tokens: 150 });
    await metricReaches(server.url, 'nexttoken_running_rows', 1);
    const controller = new AbortController();
    const waiting = fetch(`${server.url}/v1/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"prompt":"a"}',
      signal: controller.signal,
    });
    waiting.catch(() => undefined);
    await metricReaches(server.url, 'nexttoken_waiting_requests', 1);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    await metricReaches(server.url, 'nexttoken_waiting_requests', 0);
    expect((await long).status).toBe(200);
    await server.close();
  });
});

test('a client that does not read is cut off, and its row is free', async () => {
  const server = await site.start({ sendTimeout: 0.3 });
  const body = JSON.stringify({
    prompt: 'Once',
    max_tokens: 400,
    ignore_eos: true,
    stream: true,
    logprobs: 3000,
  });
  const socket = connect(server.port, '127.0.0.1');
  socket.pause().on('error', () => undefined);
  socket.write(
    `POST /v1/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await metricReaches(server.url, 'nexttoken_running_rows', 1);
  await metricReaches(server.url, 'nexttoken_running_rows', 0, 15_000);
  const told = await readMetric(server.url, 'nexttoken_generated_tokens_total');
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(400);
  socket.destroy();
  await server.close();
});

describe('the end', () => {
  test('close finishes what runs, turns away what waits and what comes', async () => {
    const server = await site.start({ maxRows: 1 });
    const running = await ask(server, { max_tokens: 120, stream: true });
    const waiting = ask(server, { max_tokens: 2 });
    await metricReaches(server.url, 'nexttoken_waiting_requests', 1);
    const closing = server.close();
    expect((await waiting).status).toBe(503);
    await expect(ask(server, { max_tokens: 2 })).rejects.toThrow();
    const text = await running.text();
    expect(text.match(/^data: /gm)!.length).toBeGreaterThan(100);
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
    await closing;
    await server.close();
  });

  test('stop ends what runs at the next step, and says so', async () => {
    const server = await site.start();
    const [stream, whole] = [
      await ask(server, { max_tokens: 400, stream: true }),
      ask(server, { max_tokens: 400 }),
    ];
    await metricReaches(server.url, 'nexttoken_running_rows', 2);
    const closing = server.close();
    await server.stop();
    await closing;
    const text = await stream.text();
    expect(text).not.toContain('[DONE]');
    const last = JSON.parse(text.trimEnd().split('\n\n').at(-1)!.slice(6));
    expect(last).toMatchObject({ error: { type: 'server_error', code: 'shutting_down' } });
    expect((await whole).status).toBe(503);
  });

  test('a port that is taken is an error by name', async () => {
    await expect(site.start({ port: site.server.port })).rejects.toMatchObject({
      code: 'request-failed',
      details: { port: site.server.port, reason: 'EADDRINUSE' },
    });
  });

  test.each([
    [{ port: 70000 }, 'port'],
    [{ maxRows: 0 }, 'maxRows'],
    [{ maxQueue: -1 }, 'maxQueue'],
    [{ apiKeys: ['a b'] }, 'apiKeys'],
    [{ receiveTimeout: 0 }, 'receiveTimeout'],
  ])('%o is refused', async (options, parameter) => {
    await expect(site.start(options)).rejects.toMatchObject({
      code: 'invalid-parameter',
      details: { parameter },
    });
  });

  test('unknown options are refused', async () => {
    await expect(site.start({ ports: 1 } as object)).rejects.toMatchObject({ details: { nearest: 'port' } });
  });
});
