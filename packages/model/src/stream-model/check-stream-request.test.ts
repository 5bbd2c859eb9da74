import { describe, expect, test } from 'vitest';
import { NextTokenError } from '../errors/next-token-error';
import type { LogitsProcessor } from '../sampling/logits-processor';
import type { Sampler } from '../sampling/sampler';
import { checkStreamRequest } from './check-stream-request';
import type { StreamCapabilities } from './stream-capabilities';
import type { StreamRequest } from './stream-request';

const least: StreamCapabilities = {
  prompts: ['text'],
  processors: ['topP'],
  samplers: ['categorical'],
  options: [],
  maxCandidates: 0,
  maxStopStrings: 0,
  tokenIds: false,
  tokenBytes: false,
  deterministic: false,
};
const most: StreamCapabilities = {
  ...least,
  prompts: ['text', 'ids', 'messages'],
  processors: ['topP', 'topK'],
  samplers: ['categorical', 'greedy'],
  options: [
    'maxNewTokens',
    'minNewTokens',
    'stopStrings',
    'stopTokenIds',
    'seed',
    'logprobs',
    'promptLogprobs',
    'continueFinalMessage',
  ],
  maxCandidates: 5,
  maxStopStrings: 2,
};
const processor = (type: string) =>
  ({ kind: 'processor', type, parameters: {}, process: () => undefined }) as LogitsProcessor;
const sampler = (type: string): Sampler => ({
  kind: 'sampler',
  type,
  parameters: {},
  sample: () => ({ id: 0 }),
});

function refusal(capabilities: StreamCapabilities, request: unknown): NextTokenError | undefined {
  try {
    checkStreamRequest('test', capabilities, request as StreamRequest);
    return undefined;
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
}

describe('what is honoured passes', () => {
  test.each<StreamRequest>([
    { prompt: { text: 'a' } },
    { prompt: { ids: Int32Array.of(1) }, processors: [processor('topK'), processor('topP')] },
    { prompt: { messages: [{ role: 'user', content: 'a' }] }, continueFinalMessage: true },
    {
      prompt: { text: 'a' },
      sampler: sampler('greedy'),
      maxNewTokens: 1,
      minNewTokens: 0,
      seed: 2 ** 32 - 1,
    },
    { prompt: { text: 'a' }, stopStrings: ['a', 'b'], stopTokenIds: [0], logprobs: 5, promptLogprobs: 0 },
  ])('%o', (request) => expect(refusal(most, request)).toBeUndefined());

  test('neutral values and undefined ask for nothing', () => {
    const neutral = { minNewTokens: 0, stopStrings: [], stopTokenIds: [], continueFinalMessage: false };
    const request = { prompt: { text: 'a' }, processors: [], seed: undefined, signal: undefined, ...neutral };
    expect(refusal(least, request)).toBeUndefined();
  });
});

test('a chain stands for its parts', () => {
  const chain = { ...processor('chain'), parameters: { processors: [processor('topP'), processor('xtc')] } };
  const error = refusal(most, { prompt: { text: 'a' }, processors: [chain] });
  expect(error?.details).toMatchObject({ option: 'processors', processor: 'xtc' });
});

describe('what is not honoured is refused by name', () => {
  test.each([
    [{ maxNewTokens: 3 }, { option: 'maxNewTokens', known: [] }],
    [{ minNewTokens: 3 }, { option: 'minNewTokens' }],
    [{ stopStrings: ['x'] }, { option: 'stopStrings' }],
    [{ stopTokenIds: [3] }, { option: 'stopTokenIds' }],
    [{ seed: 0 }, { option: 'seed' }],
    [{ logprobs: 0 }, { option: 'logprobs' }],
    [{ promptLogprobs: 0 }, { option: 'promptLogprobs' }],
    [{ processors: [processor('topP'), processor('xtc')] }, { option: 'processors', processor: 'xtc' }],
    [{ sampler: sampler('greedy') }, { option: 'sampler', sampler: 'greedy', known: ['categorical'] }],
    [{ prompt: { ids: [1] } }, { option: 'prompt', kind: 'ids', known: ['text'] }],
    [{ temperature: 2 }, { option: 'temperature' }],
  ])('%o', (more, details) => {
    const error = refusal(least, { prompt: { text: 'a' }, ...more });
    expect(error?.code).toBe('unsupported-option');
    expect(error?.details).toMatchObject(details);
  });

  test('limits are told', () => {
    const error = (more: object) => refusal(most, { prompt: { text: 'a' }, ...more })?.details;
    expect(error({ logprobs: 6 })).toMatchObject({ option: 'logprobs', value: 6, maxCandidates: 5 });
    const stops = { option: 'stopStrings', value: 3, maxStopStrings: 2 };
    expect(error({ stopStrings: ['a', 'b', 'c'] })).toMatchObject(stops);
    const greedyOnly = { ...most, samplers: ['greedy'] };
    expect(refusal(greedyOnly, { prompt: { text: 'a' } })?.details).toMatchObject({ sampler: 'categorical' });
  });
});

test.each([
  [{}, 'prompt'],
  [{ prompt: 'a' }, 'prompt'],
  [{ prompt: { text: 'a', ids: [1] } }, 'prompt'],
  [{ prompt: { text: 'a' }, continueFinalMessage: true }, 'continueFinalMessage'],
  [{ prompt: { text: 'a' }, maxNewTokens: 0 }, 'maxNewTokens'],
  [{ prompt: { text: 'a' }, minNewTokens: -1 }, 'minNewTokens'],
  [{ prompt: { text: 'a' }, seed: 2 ** 32 }, 'seed'],
  [{ prompt: { text: 'a' }, logprobs: 1.5 }, 'logprobs'],
  [{ prompt: { text: 'a' }, stopStrings: [''] }, 'stopStrings'],
  [{ prompt: { text: 'a' }, stopTokenIds: [-1] }, 'stopTokenIds'],
])('%o is illegal', (request, parameter) => {
  const error = refusal(most, request);
  expect([error?.code, error?.details.parameter]).toEqual(['invalid-parameter', parameter]);
});

test('an empty prompt has its code, an aborted signal its reason', () => {
  expect(refusal(most, { prompt: { ids: [] } })?.code).toBe('empty-prompt');
  const signal = AbortSignal.abort(new Error('enough'));
  expect(() => refusal(most, { prompt: { text: 'a' }, signal })).toThrow('enough');
});
