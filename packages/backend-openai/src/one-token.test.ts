import { beamSearch, collect, collectBeams, generate } from '@nexttoken/generate';
import type { LanguageModel } from '@nexttoken/model';
import { categorical, dry, minP, repetitionPenalty, temperature, topK, topP, xtc } from '@nexttoken/sampling';
import { beforeAll, describe, expect, test } from 'vitest';
import { openAITokenModel } from './one-token/openai-token-model';
import { probeServer } from './probe/probe-server';
import type { ServerLimits } from './probe/server-limits';
import { testKey, useServe } from './testing/use-serve';

const site = useServe();
let limits: ServerLimits;
const options = () =>
  ({ baseURL: site.baseURL, model: 'tales', dialect: 'nexttoken', apiKey: testKey }) as const;
beforeAll(async () => {
  limits = await probeServer(options());
});

test('the probe finds context, vocabulary, candidates and prefill', () => {
  const { model } = site.loaded;
  expect(limits).toEqual({
    contextLength: model.capabilities.contextLength,
    vocabSize: model.vocabSize,
    maxCandidates: model.vocabSize,
    prefill: true,
  });
});

test('a model that the server does not have', async () => {
  await expect(probeServer({ ...options(), model: 'other' })).rejects.toMatchObject({
    code: 'model-not-found',
    details: { name: 'other', known: ['tales'] },
  });
});

test('a wrong key is access-denied, and stands nowhere', async () => {
  const error = await probeServer({ ...options(), apiKey: 'wrong-key-12345' }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ code: 'access-denied', details: { status: 401 } });
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('wrong-key-12345');
});

describe('the same ids as here', () => {
  const chains = {
    greedy: {},
    sampled: { processors: [temperature(0.8), topP(0.9)], sampler: categorical(), seed: 5 },
    penalties: {
      processors: [repetitionPenalty(1.3), dry(0.8), temperature(1.2), topK(50), minP(0.02)],
      sampler: categorical(),
      seed: 6,
    },
    tossed: { processors: [xtc(0.5, { threshold: 0.05 }), topP(0.95)], sampler: categorical(), seed: 7 },
  };
  const prompt = 'Once upon a time there was';

  async function idsOf(model: LanguageModel, chain: object): Promise<number[]> {
    const { tokenizer, generationConfig } = site.loaded;
    const { endTokenIds } = generationConfig;
    return [
      ...(await collect(generate({ model, tokenizer, prompt, maxNewTokens: 16, endTokenIds, ...chain }))).ids,
    ];
  }

  test.each(Object.entries(chains))('%s', async (_, chain) => {
    const remote = openAITokenModel({ ...options(), limits });
    expect(remote.capabilities.logits).toBe('full');
    expect(await idsOf(remote, chain)).toEqual(await idsOf(site.loaded.model, chain));
    await remote.dispose();
  });

  test('with the 60 best only, where the chain takes no more', async () => {
    const remote = openAITokenModel({ ...options(), limits, top: 60 });
    expect(remote.capabilities.logits).toEqual({ top: 60 });
    const chain = { processors: [topK(40), temperature(0.9)], sampler: categorical(), seed: 8 };
    expect(await idsOf(remote, chain)).toEqual(await idsOf(site.loaded.model, chain));
    await remote.dispose();
  });

  test('beams', async () => {
    const remote = openAITokenModel({ ...options(), limits });
    const { tokenizer } = site.loaded;
    const search = async (model: LanguageModel) => {
      const found = await collectBeams(
        beamSearch({ model, tokenizer, prompt, numBeams: 3, maxNewTokens: 8 }),
      );
      return JSON.stringify(found.texts.map(({ ids }) => [...ids]));
    };
    expect(await search(remote)).toBe(await search(site.loaded.model));
    await remote.dispose();
  });
});

test.each([
  ['openai', 'dialect'],
  ['ollama', 'dialect'],
  ['lm-studio', 'dialect'],
])('%s names no ids: refused', (dialect, option) => {
  const make = () => openAITokenModel({ ...options(), dialect, limits });
  expect(make).toThrow(
    expect.objectContaining({ code: 'unsupported-option', details: expect.objectContaining({ option }) }),
  );
});
