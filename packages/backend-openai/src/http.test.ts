import type { StreamRequest } from '@nexttoken/model';
import { describe, expect, test, vi } from 'vitest';
import { isTransient, retryDelay } from './http/retry-delay';
import { openAIStreamModel, type StreamModelOptions } from './stream/openai-stream-model';
import { fakeServer } from './testing/fake-server';

const apiKey = 'sk-very-secret-key';
const options = { baseURL: 'http://fake.example/v1', model: 'fake', dialect: 'vllm', apiKey } as const;
const request: StreamRequest = { prompt: { text: 'Hi' }, seed: 1, maxNewTokens: 3 };

async function read(more: Partial<StreamModelOptions>, asked: object = request): Promise<string> {
  let text = '';
  const model = openAIStreamModel({ ...options, ...more });
  for await (const event of model.stream(asked as StreamRequest))
    if (event.type === 'delta') text += event.text;
  return text;
}

/** A server whose first answers are these. */
function failing(...answers: readonly (Response | Error)[]) {
  const left = [...answers];
  const seen: { url: string; headers: Headers }[] = [];
  const fetch = fakeServer({
    family: 'vllm',
    onRequest(url, init) {
      seen.push({ url, headers: new Headers(init.headers) });
      const next = left.shift();
      if (next instanceof Error) throw next;
      return next;
    },
  });
  return { fetch, seen };
}

describe('repetition', () => {
  test('what may be another answer soon is asked for again', async () => {
    const again = { status: 503, headers: { 'retry-after': '0' } };
    const reset = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
    const { fetch, seen } = failing(new Response('busy', again), reset);
    expect(await read({ fetch })).toBe(await read({ fetch: fakeServer({ family: 'vllm' }) }));
    expect(seen).toHaveLength(3);
    expect(seen[0]!.headers.get('authorization')).toBe(`Bearer ${apiKey}`);
  });

  test('what will not be is not', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      const { fetch, seen } = failing(new Response('{}', { status }));
      await expect(read({ fetch })).rejects.toMatchObject({ details: { status } });
      expect(seen).toHaveLength(1);
    }
  });

  test('after the last time the error comes', async () => {
    const { fetch, seen } = failing(
      ...[0, 1, 2, 3].map(() => new Response('no', { status: 500, headers: { 'retry-after': '0' } })),
    );
    await expect(read({ fetch, maxRetries: 1 })).rejects.toMatchObject({
      code: 'request-failed',
      details: { status: 500 },
    });
    expect(seen).toHaveLength(2);
  });

  test('an abort ends the waiting', async () => {
    const { fetch } = failing(new Response('no', { status: 503, headers: { 'retry-after': '20' } }));
    const controller = new AbortController();
    const reading = read({ fetch }, { ...request, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(reading).rejects.toThrow('enough');
  });

  test('delays: what the server asks for, else twice as long each time', () => {
    expect(retryDelay(0, '3')).toBe(3000);
    expect(retryDelay(0, '1000')).toBe(30_000);
    expect(retryDelay(0, new Date(10_000).toUTCString(), 8000)).toBe(2000);
    expect(retryDelay(0, new Date(0).toUTCString(), 8000)).toBe(0);
    for (const [attempt, most] of [250, 500, 1000].entries()) {
      const delay = retryDelay(attempt, null);
      expect(delay).toBeLessThanOrEqual(most);
      expect(delay).toBeGreaterThanOrEqual(0.75 * most);
    }
    expect([408, 429, 500, 503].every(isTransient)).toBe(true);
    expect([400, 401, 404].some(isTransient)).toBe(false);
  });
});

describe('errors', () => {
  test('time limits', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal!.reason));
      });
    await expect(read({ fetch: never, timeout: 0.05, maxRetries: 0 })).rejects.toMatchObject({
      code: 'request-failed',
      details: { reason: 'no answer within 0.05 s' },
    });
    const silent: typeof fetch = async () =>
      new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
    await expect(read({ fetch: silent, idleTimeout: 0.05 })).rejects.toMatchObject({
      details: { reason: 'nothing came for 0.05 s' },
    });
  });

  test.each([
    ['no JSON', 'data: {oops\n\n', /no JSON/],
    ['an end too early', 'data: {"choices":[{"text":"a"}]}\n\n', /before its end/],
    ['an error in the middle', 'data: {"error":{"message":"out of memory"}}\n\n', /out of memory/],
    ['nothing', '', /before its end/],
  ])('%s', async (_, body, message) => {
    const fetch: typeof globalThis.fetch = async () => new Response(body);
    await expect(read({ fetch })).rejects.toThrow(message);
    await expect(read({ fetch })).rejects.toMatchObject({ code: 'request-failed' });
  });

  test('context-overflow where the server says so', async () => {
    const body = { error: { message: "This model's maximum context length is 512 tokens", code: null } };
    const { fetch } = failing(Response.json(body, { status: 400 }));
    await expect(read({ fetch })).rejects.toMatchObject({ code: 'context-overflow' });
  });

  test('a key that the server repeats is taken out', async () => {
    const spy = vi.fn();
    for (const status of [401, 400, 500]) {
      const body = { error: { message: `Incorrect API key provided: ${apiKey}` } };
      const { fetch } = failing(Response.json(body, { status }));
      const error = (await read({ fetch, maxRetries: 0 }).catch((caught: unknown) => caught)) as Error;
      spy(JSON.stringify(error) + error.stack + error.message);
    }
    expect(spy.mock.calls.flat().join()).toContain('Incorrect API key provided: …');
    expect(spy.mock.calls.flat().join()).not.toContain(apiKey);
    for (const wrong of [{ apiKey: `${apiKey} x` }, { baseURL: `http://user:${apiKey}@fake.example` }])
      expect(() => openAIStreamModel({ ...options, ...wrong })).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(apiKey) }),
      );
  });
});
