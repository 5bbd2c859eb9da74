import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { metricReaches } from './testing/read-metric';
import { useServer } from './testing/start-server';

const site = useServer();
const client = () => new OpenAI({ baseURL: site.base, apiKey: 'none', maxRetries: 0 });
const prompt = 'Once upon a time';
const messages = [{ role: 'user' as const, content: 'Hello' }];

describe('the official openai client', () => {
  test('models', async () => {
    const { data } = await client().models.list();
    expect(data.map(({ id }) => id)).toEqual(['tales']);
    expect((await client().models.retrieve('tales')).id).toBe('tales');
    await expect(client().models.retrieve('other')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  test('completion, with usage and finish reason', async () => {
    const answer = await client().completions.create({
      model: 'tales',
      prompt,
      max_tokens: 5,
      temperature: 0,
    });
    const promptTokens = site.loaded.tokenizer.encode(prompt).ids.length;
    expect(answer.choices).toHaveLength(1);
    expect(answer.choices[0]).toMatchObject({ index: 0, finish_reason: 'length', logprobs: null });
    expect(answer.choices[0]!.text.length).toBeGreaterThan(3);
    expect(answer.usage).toEqual({
      prompt_tokens: promptTokens,
      completion_tokens: 5,
      total_tokens: promptTokens + 5,
    });
  });

  test('several prompts, several choices, ids as prompt', async () => {
    const ids = Array.from(site.loaded.tokenizer.encode(prompt).ids);
    const ask = { model: 'tales', max_tokens: 6, seed: 7 } as const;
    const both = await client().completions.create({ ...ask, prompt: [prompt, 'The dog'], n: 2 });
    expect(both.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const alone = await client().completions.create({ ...ask, prompt: ids });
    expect(both.choices[0]!.text).toBe(alone.choices[0]!.text);
    const second = await client().completions.create({ ...ask, prompt: ids, seed: 8 });
    expect(both.choices[1]!.text).toBe(second.choices[0]!.text);
  });

  test('chat, and the same streamed', async () => {
    const ask = { model: 'tales', messages, seed: 3, max_completion_tokens: 12 };
    const answer = await client().chat.completions.create(ask);
    expect(answer.choices[0]!.message).toMatchObject({ role: 'assistant' });
    const stream = await client().chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    const reasons: unknown[] = [];
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
      if (chunk.choices.length === 0) usage = chunk.usage;
    }
    expect(text).toBe(answer.choices[0]!.message.content);
    expect(reasons).toEqual([answer.choices[0]!.finish_reason]);
    expect(usage).toEqual(answer.usage);
  });

  test('log-probabilities: of as many tokens as wanted, and of the prompt', async () => {
    const chat = await client().chat.completions.create({
      model: 'tales',
      messages,
      max_tokens: 3,
      logprobs: true,
      top_logprobs: 200,
      temperature: 0,
    });
    const [first] = chat.choices[0]!.logprobs!.content!;
    expect(first!.top_logprobs).toHaveLength(200);
    expect(first!.top_logprobs[0]).toMatchObject({ token: first!.token, logprob: first!.logprob });
    expect(Buffer.from(first!.bytes!).toString()).toBe(first!.token);
    const mass = first!.top_logprobs.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
    expect(mass).toBeGreaterThan(0.9);
    expect(mass).toBeLessThanOrEqual(1.000001);

    const echoed = await client().completions.create({
      model: 'tales',
      prompt,
      echo: true,
      logprobs: 2,
      max_tokens: 2,
      temperature: 0,
    });
    const { text, logprobs } = echoed.choices[0]!;
    const count = site.loaded.tokenizer.encode(prompt).ids.length;
    expect(text.startsWith(prompt)).toBe(true);
    expect(logprobs!.tokens).toHaveLength(count + 2);
    expect(logprobs!.token_logprobs![0]).toBeNull();
    expect(logprobs!.token_logprobs!.slice(1).every((value) => value < 0)).toBe(true);
    expect(Object.keys(logprobs!.top_logprobs![1]!)).toHaveLength(2);
  });

  test('stop strings end the text before them, seeds repeat it', async () => {
    const ask = { model: 'tales', prompt, max_tokens: 40, seed: 11 } as const;
    const [whole, again] = [await client().completions.create(ask), await client().completions.create(ask)];
    const { text } = whole.choices[0]!;
    expect(again.choices[0]!.text).toBe(text);
    const stop = text.slice(10, 13);
    const cut = await client().completions.create({ ...ask, stop });
    expect(cut.choices[0]).toMatchObject({ text: text.slice(0, text.indexOf(stop)), finish_reason: 'stop' });
  });

  test('answers that keep to a schema', async () => {
    const schema = {
      type: 'object',
      properties: { name: { enum: ['Tom', 'Lily'] }, old: { type: 'boolean' } },
      required: ['name', 'old'],
      additionalProperties: false,
    };
    const format = { type: 'json_schema' as const, json_schema: { name: 'child', schema, strict: true } };
    const ask = { model: 'tales', messages, seed: 4, response_format: format, logprobs: true };
    const { choices, usage } = await client().chat.completions.create(ask);
    const value = JSON.parse(choices[0]!.message.content!) as { name: string; old: unknown };
    expect(['Tom', 'Lily']).toContain(value.name);
    expect(typeof value.old).toBe('boolean');
    expect(choices[0]!.finish_reason).toBe('stop');
    expect(usage!.completion_tokens).toBeGreaterThan(5);
    const stream = await client().chat.completions.create({ ...ask, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(choices[0]!.message.content);
    const untold = await client().chat.completions.create({ ...ask, logprobs: false });
    expect(untold.choices[0]).toMatchObject({ message: choices[0]!.message, finish_reason: 'stop' });
    expect(untold.usage).toEqual(usage);
    const structured = { structured_outputs: { choice: ['yes', 'no'] } };
    const chosen = await client().completions.create({ model: 'tales', prompt, ...structured });
    expect(['yes', 'no']).toContain(chosen.choices[0]!.text);
  });

  test('function calls that are required, whole and streamed', async () => {
    const parameters = {
      type: 'object',
      properties: { place: { enum: ['park', 'school'] } },
      required: ['place'],
      additionalProperties: false,
    };
    const tools = ['go', 'look'].map((name) => ({
      type: 'function' as const,
      function: { name, parameters },
    }));
    const ask = { model: 'tales', messages, seed: 2, tools };
    const { choices } = await client().chat.completions.create({ ...ask, tool_choice: 'required' });
    const [call] = choices[0]!.message.tool_calls!;
    if (call?.type !== 'function') throw new Error('no function call');
    expect(['go', 'look']).toContain(call.function.name);
    expect(['park', 'school']).toContain(JSON.parse(call.function.arguments).place);
    expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    const named = { type: 'function' as const, function: { name: 'look' } };
    const stream = await client().chat.completions.create({ ...ask, tool_choice: named, stream: true });
    const deltas = [];
    for await (const chunk of stream) deltas.push(...(chunk.choices[0]?.delta.tool_calls ?? []));
    expect(deltas).toHaveLength(1);
    expect(deltas[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'look' } });
    const none = await client().chat.completions.create({ ...ask, tool_choice: 'none', max_tokens: 3 });
    expect(none.choices[0]!.message.tool_calls).toBeUndefined();
    for (const tool_choice of ['auto', { type: 'function' as const, function: { name: 'other' } }] as const)
      await expect(client().chat.completions.create({ ...ask, tool_choice })).rejects.toMatchObject({
        status: 400,
        param: 'tool_choice',
      });
  });

  test('a client that leaves frees its row', async () => {
    const controller = new AbortController();
    const stream = await client().completions.create(
      { model: 'tales', prompt, max_tokens: 400, stream: true },
      { signal: controller.signal },
    );
    for await (const chunk of stream) {
      expect(chunk.choices).toHaveLength(1);
      controller.abort();
      break;
    }
    await metricReaches(site.server.url, 'nexttoken_running_rows', 0);
    const waiting = new AbortController();
    const whole = client().completions.create(
      { model: 'tales', prompt, max_tokens: 450, ...{ ignore_eos: true } },
      { signal: waiting.signal },
    );
    await metricReaches(site.server.url, 'nexttoken_running_rows', 1);
    waiting.abort();
    await expect(whole).rejects.toThrow();
    await metricReaches(site.server.url, 'nexttoken_running_rows', 0);
  });

  test('errors have status, parameter and code', async () => {
    const ask = { model: 'tales', prompt };
    await expect(client().completions.create({ ...ask, temperature: -1 })).rejects.toMatchObject({
      status: 400,
      param: 'temperature',
    });
    await expect(client().completions.create({ ...ask, ...{ top_kk: 3 } })).rejects.toMatchObject({
      status: 400,
      param: 'top_kk',
      code: 'unknown_parameter',
    });
    await expect(client().completions.create({ ...ask, prompt: 'a '.repeat(2000) })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe("the AI SDK's openai-compatible provider", () => {
  const provider = () =>
    createOpenAICompatible({ name: 'nexttoken', baseURL: site.base, includeUsage: true });

  test('generateText and streamText', async () => {
    const ask = { model: provider()('tales'), prompt: 'Hello', seed: 5, maxOutputTokens: 10, maxRetries: 0 };
    const { text, usage, finishReason } = await generateText(ask);
    expect(text.length).toBeGreaterThan(0);
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(['stop', 'length']).toContain(finishReason);
    const stream = streamText(ask);
    let streamed = '';
    for await (const part of stream.textStream) streamed += part;
    expect(streamed).toBe(text);
    expect((await stream.usage).outputTokens).toBe(usage.outputTokens);
  });

  test('a completion model', async () => {
    const { text } = await generateText({
      model: provider().completionModel('tales'),
      prompt: 'Hello',
      maxOutputTokens: 5,
      maxRetries: 0,
    });
    expect(text.length).toBeGreaterThan(0);
  });
});

describe('curl', async () => {
  const run = promisify(execFile);
  const isThere = await run('curl', ['--version']).then(
    () => true,
    () => false,
  );
  if (!isThere) console.info('skipped: curl is not installed');

  test.skipIf(!isThere)('a completion, and a stream as it comes', async () => {
    const ask = { prompt, max_tokens: 4, temperature: 0 };
    const curl = async (path: string, body: unknown) => {
      const json = ['-H', 'content-type: application/json', '-d', JSON.stringify(body)];
      return (await run('curl', ['-sN', `${site.server.url}${path}`, ...json])).stdout;
    };
    const { choices } = JSON.parse(await curl('/v1/completions', ask)) as { choices: { text: string }[] };
    const stream = await curl('/v1/completions', { ...ask, stream: true });
    const lines = stream.split('\n\n').filter((line) => line !== '');
    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
    expect(lines.at(-1)).toBe('data: [DONE]');
    const texts = lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)).choices[0].text as string);
    expect(texts.join('')).toBe(choices[0]!.text);
    const { stdout } = await run('curl', ['-s', `${site.server.url}/health`]);
    expect(JSON.parse(stdout)).toEqual({ status: 'ok' });
  });
});
