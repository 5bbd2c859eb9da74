import { testStreamModel } from '@nexttoken/backend-testkit';
import type { StreamEvent } from '@nexttoken/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeServer } from './probe/probe-server';
import { liveStreams } from './stream/live-streams';
import { openAIStreamModel } from './stream/openai-stream-model';
import { fakeServer } from './testing/fake-server';

const families = ['openai', 'vllm', 'llama.cpp', 'lm-studio', 'ollama'] as const;
const apiKey = 'sk-a-secret-of-the-documents';
const baseURL = 'http://fake.example/v1';
/** Pieces of seven bytes: within characters, within line ends. */
const inSevens = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.slice(7 * index, 7 * index + 7));

for (const family of families) {
  testStreamModel({
    name: `${family}, as documented`,
    runner: { describe, test, beforeAll, afterAll },
    createModel: async () =>
      openAIStreamModel({
        baseURL,
        model: 'fake',
        dialect: family,
        apiKey,
        fetch: fakeServer({ family, cut: inSevens }),
      }),
    prompts: {
      ids: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    liveHandles: liveStreams,
    secrets: [apiKey],
  });
}

describe('pieces', () => {
  test.each(families)('%s: however the bytes are cut, the events say the same', async (family) => {
    const prompt = family === 'openai' ? { messages: [{ role: 'user', content: 'Hi' }] } : { text: 'Hi' };
    const logprobs = family === 'lm-studio' ? {} : { logprobs: 3 };
    const read = async (cut?: (bytes: Uint8Array) => readonly Uint8Array[]) => {
      const fetch = fakeServer({ family, ...(cut && { cut }) });
      const model = openAIStreamModel({ baseURL, model: 'fake', dialect: family, fetch });
      const events: StreamEvent[] = [];
      for await (const event of model.stream({ prompt, seed: 1, maxNewTokens: 12, ...logprobs }))
        events.push(event);
      return events;
    };
    const whole = await read();
    expect(whole.at(-1)).toMatchObject({ type: 'finish', reason: 'max-new-tokens' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 60 }), async (borders) => {
        const cut = (bytes: Uint8Array) => {
          const places = [
            0,
            ...borders.filter((place) => place < bytes.length).sort((a, b) => a - b),
            bytes.length,
          ];
          return places.slice(1).map((end, index) => bytes.slice(places[index], end));
        };
        expect(await read(cut)).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });
});

describe('probeServer', () => {
  test.each([
    ['vllm', 20],
    ['llama.cpp', 10],
    ['openai', 5],
    ['lm-studio', 0],
    ['ollama', 14],
  ] as const)('%s: %i candidates', async (dialect, maxCandidates) => {
    const fetch = fakeServer({ family: dialect, maxCandidates: maxCandidates === 14 ? 20 : maxCandidates });
    const limits = await probeServer({ baseURL, model: 'fake', dialect, fetch });
    expect(limits).toMatchObject({
      contextLength: 512,
      maxCandidates: Math.min(maxCandidates, 14),
      prefill: false,
    });
  });
});
