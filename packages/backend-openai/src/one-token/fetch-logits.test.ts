import { describe, expect, test } from 'vitest';
import { openAITokenModel, type TokenModelOptions } from './openai-token-model';

const limits = { contextLength: 32, vocabSize: 8, maxCandidates: 5, prefill: false };
type Ask = Record<string, unknown> & { prompt: number[] | number[][] };

/** A model whose server answers every prompt with these choices. */
function answering(
  dialect: string,
  choice: (ask: Ask, index: number) => object,
  more: Partial<TokenModelOptions> = {},
) {
  const asked: Ask[] = [];
  const model = openAITokenModel({
    baseURL: 'http://fake.example/v1',
    model: 'fake',
    dialect,
    limits,
    fetch: async (_, init) => {
      const ask = JSON.parse(String(init?.body)) as Ask;
      asked.push(ask);
      const prompts = Array.isArray(ask.prompt[0]) ? ask.prompt.length : 1;
      const choices = Array.from({ length: prompts }, (_, index) => ({ index, ...choice(ask, index) }));
      return Response.json({ choices: choices.reverse() });
    },
    ...more,
  });
  return { model, asked };
}

const none = Number.NEGATIVE_INFINITY;

describe('one token', () => {
  test('vLLM: ids in place of texts, all prompts in one request', async () => {
    const { model, asked } = answering('vllm', (_, index) => ({
      logprobs: { top_logprobs: [{ 'token_id:3': -0.5 - index, 'token_id:1': -2, 'token_id:6': -4 }] },
    }));
    const session = await model.createSession({ rows: 2 });
    const { logits } = await session.forward([[1, 2], [4]]);
    const rows = logits.map((row) => Array.from(row!.data));
    expect(rows).toEqual([
      [none, -2, none, -0.5, none, none, -4, none],
      [none, -2, none, -1.5, none, none, -4, none],
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      prompt: [[1, 2], [4]],
      max_tokens: 1,
      logprobs: 5,
      return_tokens_as_token_ids: true,
      temperature: 1,
    });
    await session.forward([[7], []]);
    expect(asked[1]!.prompt).toEqual([1, 2, 7]);
    await model.dispose();
  });

  test('llama.cpp: entries with ids, one request a prompt, the best ones only', async () => {
    const top = [2, 5, 0].map((id) => ({ id, token: 'x', logprob: -id }));
    const { model, asked } = answering(
      'llama.cpp',
      () => ({ logprobs: { content: [{ id: 2, top_logprobs: top }] } }),
      { top: 2 },
    );
    const session = await model.createSession({ rows: 2 });
    const { logits } = await session.forward([[1], [2]]);
    expect(Array.from(logits[0]!.data)).toEqual([0, none, -2, none, none, none, none, none]);
    expect(asked.map(({ prompt, n_probs }) => [prompt, n_probs])).toEqual([
      [[1], 2],
      [[2], 2],
    ]);
    await model.dispose();
  });

  test.each([
    ['no candidates', () => ({ logprobs: null })],
    ['an id beyond the vocabulary', () => ({ logprobs: { top_logprobs: [{ 'token_id:99': -1 }] } })],
  ])('%s: an error, and the rows are as before', async (_, choice) => {
    const { model } = answering('vllm', choice);
    const session = await model.createSession();
    await expect(session.forward([[1]])).rejects.toMatchObject({ name: 'NextTokenError' });
    expect(session.lengths).toEqual([0]);
  });

  test('what is not known has to be said', () => {
    const make = (more: Partial<TokenModelOptions>) => () => answering('vllm', () => ({}), more);
    expect(make({ limits: { maxCandidates: 5, prefill: false } })).toThrow(/vocabSize/);
    expect(make({ limits: { maxCandidates: 5, prefill: false }, vocabSize: 8 })).toThrow(/contextLength/);
    expect(make({ top: 6 })).toThrow(/top/);
  });
});
