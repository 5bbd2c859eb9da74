import { request } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawRequest } from './testing/raw-request';
import { useServer } from './testing/start-server';

const key = 'secret-key-31337';
const errors: unknown[] = [];
const site = useServer({
  apiKeys: [key, 'another-key'],
  maxBodyBytes: 100_000,
  receiveTimeout: 0.6,
  maxNewTokens: 64,
  onError: (error) => errors.push(error),
});
const headers = { authorization: `Bearer ${key}` };

/** The error in OpenAI's shape, without anything that nobody should read. */
async function expectError(response: Response, status: number): Promise<Record<string, unknown>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return checkError(text);
}

function checkError(text: string): Record<string, unknown> {
  const { error, ...others } = JSON.parse(text) as { error: Record<string, unknown> };
  expect(others).toEqual({});
  expect(Object.keys(error).sort()).toEqual(['code', 'message', 'param', 'type']);
  expect(typeof error.message).toBe('string');
  for (const secret of [key, 'another-key', process.cwd(), 'node_modules', '.ts:', '    at '])
    expect(text).not.toContain(secret);
  return error;
}

const complete = (body: unknown, init: RequestInit = {}) =>
  site.post('/v1/completions', body, { headers, ...init });

describe('keys', () => {
  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer wrong' }],
    ['the beginning of a key', { authorization: `Bearer ${key.slice(0, -1)}` }],
    ['an empty key', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${key}` }],
    ['the key in another header', { 'x-api-key': key }],
  ])('%s', async (_, given) => {
    for (const path of ['/v1/completions', '/v1/chat/completions', '/tokenize', '/detokenize']) {
      const response = await site.post(path, { prompt: 'a' }, { headers: given as Record<string, string> });
      expect(await expectError(response, 401)).toMatchObject({ code: 'invalid_api_key' });
    }
    for (const path of ['/v1/models', '/metrics', '/v1/models/tales'])
      await expectError(
        await fetch(site.server.url + path, { headers: given as Record<string, string> }),
        401,
      );
  });

  test('every key opens, and health is open', async () => {
    for (const good of [key, 'another-key'])
      expect(
        (await complete({ prompt: 'a', max_tokens: 1 }, { headers: { authorization: `Bearer ${good}` } }))
          .status,
      ).toBe(200);
    expect((await fetch(`${site.server.url}/health`)).status).toBe(200);
  });
});

describe('bodies', () => {
  const raw = (body: BodyInit, type = 'application/json') =>
    fetch(`${site.server.url}/v1/completions`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': type },
    });

  test.each<[string, BodyInit, number]>([
    ['nothing', '', 400],
    ['no JSON', '{"prompt":', 400],
    ['a list', '[1]', 400],
    ['a text', '"prompt"', 400],
    ['null', 'null', 400],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400],
    ['deep lists', '['.repeat(40_000), 400],
    ['deep objects', `{"prompt":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}`, 400],
    ['deep lists within a legal field', `{"prompt":${'['.repeat(100)}${']'.repeat(100)}}`, 400],
    ['too large', `{"prompt":"${'a'.repeat(200_000)}"}`, 413],
  ])('%s', async (_, body, status) => {
    await expectError(await raw(body), status);
  });

  test('too large without a length beforehand', async () => {
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = request(
        `${site.server.url}/v1/completions`,
        { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        },
      );
      outgoing.on('error', reject);
      for (let piece = 0; piece < 20; piece++) outgoing.write('a'.repeat(10_000));
    });
    expect(status).toBe(413);
    checkError(text);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'as %s',
    async (type) => {
      await expectError(await raw('{"prompt":"a"}', type), 415);
    },
  );

  test('compressed', async () => {
    const given = { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    await expectError(
      await fetch(`${site.server.url}/v1/completions`, { method: 'POST', body: '{}', headers: given }),
      415,
    );
  });
});

describe('fields', () => {
  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ prompt: 7 }, 'prompt'],
    [{ prompt: {} }, 'prompt'],
    [{ prompt: [] }, 'prompt'],
    [{ prompt: [[]] }, 'prompt'],
    [{ prompt: [1, 'a'] }, 'prompt'],
    [{ prompt: [1, -1] }, 'prompt'],
    [{ prompt: [1e9] }, 'prompt'],
    [{ prompt: [1.5] }, 'prompt'],
    [{ prompt: Array(100).fill('a') }, 'prompt'],
    [{ model: 3 }, 'model'],
    [{ max_tokens: -1 }, 'max_tokens'],
    [{ max_tokens: 1e9 }, 'max_tokens'],
    [{ max_tokens: '5' }, 'max_tokens'],
    [{ max_tokens: 2.5 }, 'max_tokens'],
    [{ n: 0 }, 'n'],
    [{ n: 1e6 }, 'n'],
    [{ n: 3, best_of: 4 }, 'best_of'],
    [{ temperature: -1 }, 'temperature'],
    [{ temperature: '1' }, 'temperature'],
    [{ temperature: [] }, 'temperature'],
    [{ top_p: 2 }, 'top_p'],
    [{ top_k: -2 }, 'top_k'],
    [{ top_k: {} }, 'top_k'],
    [{ min_p: 'x' }, 'min_p'],
    [{ seed: -1 }, 'seed'],
    [{ seed: 1e300 }, 'seed'],
    [{ stop: 5 }, 'stop'],
    [{ stop: [''] }, 'stop'],
    [{ stop: Array(100).fill('a') }, 'stop'],
    [{ stop_token_ids: [99999] }, 'stop_token_ids'],
    [{ logit_bias: { x: 1 } }, 'logit_bias'],
    [{ logit_bias: [1] }, 'logit_bias'],
    [{ logit_bias: { 1: 'a' } }, 'logit_bias'],
    [{ logprobs: 1e6 }, 'logprobs'],
    [{ logprobs: true }, 'logprobs'],
    [{ logprobs: 1, logprobs_mode: 'odds' }, 'logprobs_mode'],
    [{ logprobs_mode: 'raw_logits' }, 'logprobs_mode'],
    [{ allowed_token_ids: [] }, 'allowed_token_ids'],
    [{ bad_words_ids: 'x' }, 'bad_words_ids'],
    [{ bad_words_ids: [[null]] }, 'bad_words_ids'],
    [{ sequence_bias: [[1]] }, 'sequence_bias'],
    [{ dry_base: 2 }, 'dry_base'],
    [{ dry_multiplier: 1, dry_sequence_breakers: 'x' }, 'dry_sequence_breakers'],
    [{ xtc_threshold: 0.1 }, 'xtc_threshold'],
    [{ mirostat: 3 }, 'mirostat'],
    [{ mirostat_tau: 3 }, 'mirostat_tau'],
    [{ mirostat: 1, mirostat_tau: 'x' }, 'mirostat'],
    [{ negative_prompt: 'x' }, 'negative_prompt'],
    [{ processors: 'topP' }, 'processors'],
    [{ processors: [1] }, 'processors[0]'],
    [{ processors: [{ type: 'nothing' }] }, 'processors[0]'],
    [{ processors: [{ type: 'topP', parameters: { p: 9 } }] }, 'processors[0]'],
    [{ processors: [{ type: 'allowTokens', parameters: { allowed: 1 } }] }, 'processors[0]'],
    [{ processors: [{ type: 'constructor' }] }, 'processors[0]'],
    [{ processors: [{ type: 'topP', parameters: { p: 0.5 }, evil: 1 }] }, 'processors[0]'],
    [{ processors: [], top_p: 0.5 }, 'top_p'],
    [{ sampler: { type: 'topP', parameters: {} } }, 'sampler'],
    [{ stream: 'yes' }, 'stream'],
    [{ stream_options: { include_usage: true } }, 'stream_options'],
    [{ stream: true, stream_options: { odd: 1 } }, 'stream_options.odd'],
    [{ trace: 'everything' }, 'trace'],
    [{ suffix: 'x' }, 'suffix'],
    [{ tools: [{}] }, 'tools'],
    [{ response_format: { type: 'odd' } }, 'response_format.type'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
    [{ response_format: { type: 'json_object', odd: 1 } }, 'response_format.odd'],
    [
      { response_format: { type: 'json_schema', json_schema: { schema: { $dynamicRef: '#x' } } } },
      'response_format.json_schema.schema',
    ],
    [
      { response_format: { type: 'json_schema', json_schema: { schema: { type: 'string', enum: [1] } } } },
      'response_format.json_schema.schema',
    ],
    [{ structured_outputs: {} }, 'structured_outputs'],
    [{ structured_outputs: { regex: 'a', choice: ['a'] } }, 'structured_outputs'],
    [{ structured_outputs: { regex: '(' } }, 'structured_outputs.regex'],
    [{ structured_outputs: { choice: [] } }, 'structured_outputs.choice'],
    [{ structured_outputs: { grammar: 'root ::= nothing' } }, 'structured_outputs.grammar'],
    [{ response_format: { type: 'json_object' }, structured_outputs: { regex: 'a' } }, 'structured_outputs'],
    [{ guidance_scale: 2, n: 40 }, 'n'],
    [{ unknown: 1 }, 'unknown'],
    [JSON.parse('{"__proto__": {"top_p": 0}}'), '__proto__'],
    [{ constructor: 1 }, 'constructor'],
    [{ ['x'.repeat(5000)]: 1 }, 'x'.repeat(100)],
  ];
  test.each(wrong)('%o', async (body, param) => {
    const error = await expectError(await complete({ prompt: 'Once', max_tokens: 2, ...body }), 400);
    expect(error.param).toBe(param);
    expect(String(error.message).length).toBeLessThan(2000);
  });

  test.each([
    [{}, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages[0]'],
    [{ messages: [{ content: 'a' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] },
      'messages[0].content[0].type',
    ],
    [{ messages: [{ role: 'user', content: 'a', odd: 1 }] }, 'messages[0].odd'],
    [{ messages: [{ role: 'user', content: 'a' }], top_logprobs: 2 }, 'top_logprobs'],
    [
      { messages: [{ role: 'user', content: 'a' }], max_tokens: 2, max_completion_tokens: 3 },
      'max_completion_tokens',
    ],
    [{ messages: [{ role: 'user', content: 'word '.repeat(2000) }] }, 'messages'],
  ])('chat %#', async (body, param) => {
    const error = await expectError(await site.post('/v1/chat/completions', body, { headers }), 400);
    expect(error.param).toBe(param);
  });

  test('tokens and texts that are none', async () => {
    for (const tokens of [[-1], [1e9], ['a'], 'x', undefined])
      await expectError(await site.post('/detokenize', { tokens }, { headers }), 400);
    await expectError(await site.post('/tokenize', { prompt: 5 }, { headers }), 400);
    await expectError(await complete({ prompt: 'a\ud800b' }), 400);
    await expectError(await complete({ prompt: 'a', model: 'gpt-4' }), 404);
    await expectError(await complete({ prompt: '', add_special_tokens: false }), 400);
  });

  test('any JSON is answered with 200 or an error in the right shape', async () => {
    const names = wrong.map(([body]) => Object.keys(body)[0]!).filter((name) => name.length < 50);
    const bodies = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const response = await complete({ prompt: 'Once', max_tokens: 1, ...body });
        const text = await response.text();
        expect([200, 400, 404]).toContain(response.status);
        if (response.status !== 200) checkError(text);
      }),
      { numRuns: 150 },
    );
  });
});

describe('paths and methods', () => {
  test.each([
    '/',
    '/v1',
    '/v1/models/',
    '/v1/models/..%2f..%2fetc%2fpasswd',
    '/v1/models/%00',
    '/v1/models/%ff',
    '/../../etc/passwd',
    '/%2e%2e/etc/passwd',
    '//v1/models',
    '/v1//models',
    '/V1/MODELS',
    '/v1/models/tales/x',
    `/${'a'.repeat(8000)}`,
  ])('%s', async (path) => {
    const answer = await rawRequest(
      site.server.port,
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(404);
    checkError(answer.body);
  });

  test('a method that a path does not have', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${site.server.url}/v1/completions`, { method, headers });
      expect(response.headers.get('allow')).toBe('POST');
      await expectError(response, 405);
    }
  });

  test('no web page gets in: no CORS header, no foreign host name', async () => {
    const response = await fetch(`${site.server.url}/v1/models`, {
      headers: { ...headers, origin: 'https://evil.example' },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil', '']) {
      const answer = await rawRequest(
        site.server.port,
        `GET /v1/models HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n\r\n`,
      );
      expect([400, 403]).toContain(answer.status);
      checkError(answer.body);
    }
  });

  test('origins that are let in', async () => {
    const open = await site.start({ corsOrigins: ['https://good.example'] });
    const ask = (origin: string, method = 'GET') =>
      fetch(`${open.url}/v1/models`, {
        method,
        headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }) },
      });
    const good = await ask('https://good.example');
    expect(good.headers.get('access-control-allow-origin')).toBe('https://good.example');
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expect((await ask('https://good.example', 'OPTIONS')).status).toBe(204);
    expect((await ask('https://evil.example', 'OPTIONS')).status).toBe(405);
  });
});

describe('bytes that are no request', () => {
  const head = `POST /v1/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n`;

  test.each([
    ['noise', 'NOISE\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400],
    ['two lengths', `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n{"a":1}`, 400],
    ['length and chunks', `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a negative length', `${head}content-length: -5\r\n\r\n`, 400],
    ['a line break in a header', `GET /v1/models HTTP/1.1\r\nhost: localhost\r\nx: a\rb\r\n\r\n`, 400],
    ['huge headers', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(50_000)}\r\n\r\n`, 431],
    ['a chunk without a size', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
  ])('%s', async (_, text, status) => {
    const answer = await rawRequest(site.server.port, text);
    expect(answer.status).toBe(status);
    checkError(answer.body);
  });

  test('slow headers and slow bodies are cut off', async () => {
    const answers = await Promise.all([
      rawRequest(site.server.port, 'GET /v1/models HTTP/1.1\r\n', () => 'x: y\r\n'),
      rawRequest(site.server.port, `${head}content-length: 5000\r\n\r\n{`, () => ' '),
      rawRequest(site.server.port, head),
    ]);
    for (const { status, body, milliseconds } of answers) {
      expect(status).toBe(408);
      checkError(body);
      expect(milliseconds).toBeLessThan(10_000);
    }
  });

  test('a client that hangs up in the middle of its request harms nobody', async () => {
    const { connect } = await import('node:net');
    await new Promise<void>((resolve) => {
      const socket = connect(site.server.port, '127.0.0.1', () => {
        socket.write(`${head}content-length: 5000\r\n\r\n{`, () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await complete({ prompt: 'a', max_tokens: 1 })).status).toBe(200);
  });
});

test('nothing of this was an error of the server, and it still works', async () => {
  const answer = await complete({ prompt: 'Once upon a time', max_tokens: 3 });
  expect(answer.status).toBe(200);
  expect(errors).toEqual([]);
});
