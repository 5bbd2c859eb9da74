import { collect, generate } from '@nexttoken/generate';
import { type LoadedModel, load } from '@nexttoken/load';
import { categorical, temperature, topP } from '@nexttoken/sampling';
import { createProviderRegistry, generateObject, generateText, streamObject, streamText, tool } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createNextToken, type NextTokenProvider } from './create-next-token';

let loaded: LoadedModel;
let provider: NextTokenProvider;
beforeAll(async () => {
  loaded = await load('tales-chat');
  provider = createNextToken({ models: { tales: loaded } });
});
afterAll(() => loaded?.dispose());

const asked = { prompt: 'Hello, who are you?', maxRetries: 0 };

/** What generate gives to the same chat. */
async function expected(options: object): Promise<string> {
  const { model, tokenizer, chatTemplate, generationConfig } = loaded;
  const text = chatTemplate!.render([{ role: 'user', content: asked.prompt }]);
  const { ids } = tokenizer.encode(text, { addSpecialTokens: false });
  const { endTokenIds } = generationConfig;
  return (
    await collect(generate({ model, tokenizer, prompt: ids, endTokenIds, maxNewTokens: 20, ...options }))
  ).text;
}

describe('generateText', () => {
  test('is generate, with usage and finish reason', async () => {
    const settings = { seed: 5, temperature: 0.8, topP: 0.9, maxOutputTokens: 20 };
    const { text, usage, finishReason } = await generateText({
      model: provider('tales'),
      ...asked,
      ...settings,
    });
    const chain = { processors: [temperature(0.8), topP(0.9)], sampler: categorical(), seed: 5 };
    expect(text).toBe(await expected(chain));
    expect(usage.inputTokens).toBeGreaterThan(5);
    expect(usage.outputTokens).toBeLessThanOrEqual(20);
    expect(['stop', 'length']).toContain(finishReason);
  });

  test('temperature 0 takes the best token', async () => {
    const { text } = await generateText({
      model: provider('tales'),
      ...asked,
      temperature: 0,
      maxOutputTokens: 20,
    });
    expect(text).toBe(await expected({}));
  });

  test('all processors as data', async () => {
    const own = {
      processors: [
        { type: 'temperature', parameters: { temperature: 0.8 } },
        { type: 'topP', parameters: { p: 0.9 } },
      ],
      sampler: { type: 'categorical' },
    };
    const providerOptions = { nexttoken: own };
    const { text } = await generateText({
      model: provider('tales'),
      ...asked,
      seed: 5,
      maxOutputTokens: 20,
      providerOptions,
    });
    expect(text).toBe(
      await expected({ processors: [temperature(0.8), topP(0.9)], sampler: categorical(), seed: 5 }),
    );
  });

  test('stop sequences and messages', async () => {
    const whole = await generateText({
      model: provider('tales'),
      ...asked,
      temperature: 0,
      maxOutputTokens: 20,
    });
    const stop = whole.text.slice(6, 9);
    const cut = await generateText({
      model: provider('tales'),
      ...asked,
      temperature: 0,
      maxOutputTokens: 20,
      stopSequences: [stop],
    });
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.finishReason).toBe('stop');
    const messages = [
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Hi!' },
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'Who are you?' }] },
    ];
    const { text } = await generateText({
      model: provider('tales'),
      messages,
      maxOutputTokens: 5,
      maxRetries: 0,
    });
    expect(text.length).toBeGreaterThan(0);
  });
});

describe('streamText', () => {
  test('streams what generateText returns', async () => {
    const settings = { model: provider('tales'), ...asked, seed: 9, maxOutputTokens: 20 };
    const stream = streamText(settings);
    const pieces: string[] = [];
    for await (const piece of stream.textStream) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe((await generateText(settings)).text);
    expect((await stream.usage).outputTokens).toBeGreaterThan(0);
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    const stream = streamText({
      model: provider('tales'),
      ...asked,
      maxOutputTokens: 200,
      abortSignal: controller.signal,
    });
    let count = 0;
    for await (const part of stream.fullStream) {
      if (part.type === 'text-delta' && ++count === 3) controller.abort();
    }
    expect(count).toBeLessThan(20);
    await expect(
      generateText({ model: provider('tales'), ...asked, abortSignal: AbortSignal.abort() }),
    ).rejects.toThrow();
  });
});

describe('generateObject', () => {
  const schema = z.object({ name: z.enum(['Tom', 'Lily']), age: z.number().int().min(1).max(9) });

  test('the schema is a grammar: even this model keeps to it', async () => {
    const { object } = await generateObject({ model: provider('tales'), ...asked, schema, seed: 1 });
    expect(schema.parse(object)).toEqual(object);
  });

  test('streamed', async () => {
    const { partialObjectStream, object } = streamObject({
      model: provider('tales'),
      ...asked,
      schema,
      seed: 2,
    });
    let last: unknown;
    for await (const partial of partialObjectStream) last = partial;
    expect(last).toEqual(await object);
  });
});

describe('refusals', () => {
  test('tools, files, unknown options, unknown models', async () => {
    const call = (more: object) =>
      generateText({ model: provider('tales'), ...asked, maxOutputTokens: 2, ...more });
    const tools = { weather: tool({ inputSchema: z.object({}), execute: async () => 'sun' }) };
    await expect(call({ tools })).rejects.toMatchObject({
      code: 'unsupported-option',
      details: { option: 'tools' },
    });
    const file = { type: 'file', data: new Uint8Array([1]), mediaType: 'image/png' };
    await expect(
      call({ prompt: undefined, messages: [{ role: 'user', content: [file] }] }),
    ).rejects.toMatchObject({ details: { part: 'file' } });
    for (const nexttoken of [
      { odd: 1 },
      { processors: [{ type: 'topP', parameters: { p: 3 } }] },
      { processors: [{ type: 'no' }] },
    ])
      await expect(call({ providerOptions: { nexttoken } })).rejects.toThrow();
    expect(() => provider.imageModel('tales')).toThrow(/language models only/);
    expect(createProviderRegistry({ here: provider }).languageModel('here:tales').modelId).toBe('tales');
    expect(() => provider('tale')).toThrow(/there is no model tale/);
    expect(() => createNextToken({ models: { a: {} as never } })).toThrow(/models.a/);
  });

  test('a model without a chat template continues one user message, and refuses a conversation', async () => {
    const { model, tokenizer } = loaded;
    const plain = createNextToken({ models: { plain: { model, tokenizer } } });
    const { text } = await generateText({
      model: plain('plain'),
      prompt: 'Once upon a',
      temperature: 0,
      maxOutputTokens: 2,
    });
    expect(text).toBe(
      (await collect(generate({ model, tokenizer, prompt: 'Once upon a', maxNewTokens: 2 }))).text,
    );
    await expect(
      generateText({ model: plain('plain'), system: 'Be kind.', prompt: 'Hello', maxRetries: 0 }),
    ).rejects.toMatchObject({ code: 'chat-template' });
  });
});
