import type { StreamRequest } from '@nexttoken/model';
import {
  allowTokens,
  categorical,
  chain,
  dynamicTemperature,
  frequencyPenalty,
  greedy,
  logitBias,
  minP,
  mirostatV2,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  typicalP,
} from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { dialects } from '../dialects/dialects';
import { samplingBody } from './sampling-body';

const body = (dialect: string, request: Partial<StreamRequest>) =>
  samplingBody('test', dialects[dialect]!, { prompt: { text: 'a' }, ...request });

function refusal(dialect: string, request: Partial<StreamRequest>): Record<string, unknown> {
  try {
    body(dialect, request);
  } catch (error) {
    return (error as { details: Record<string, unknown> }).details;
  }
  throw new Error('nothing was refused');
}

describe('translations', () => {
  test('nothing asked for: the defaults of the server are switched off', () => {
    expect(body('vllm', {})).toMatchObject({
      temperature: 1,
      top_p: 1,
      top_k: 0,
      min_p: 0,
      repetition_penalty: 1,
    });
    expect(body('llama.cpp', {})).toMatchObject({ samplers: [], repeat_penalty: 1, dry_multiplier: 0 });
    expect(body('openai', {})).toEqual({ temperature: 1, top_p: 1 });
  });

  test('vLLM', () => {
    const processors = [
      logitBias([[5, -1]]),
      repetitionPenalty(1.1),
      temperature(0.7),
      minP(0.1),
      topK(9),
      topP(0.9),
    ];
    expect(body('vllm', { processors })).toMatchObject({
      logit_bias: { 5: -1 },
      repetition_penalty: 1.1,
      temperature: 0.7,
      min_p: 0.1,
      top_k: 9,
      top_p: 0.9,
    });
    expect(body('vllm', { processors: [chain(temperature(0.7))], sampler: greedy() })).toMatchObject({
      temperature: 0,
    });
  });

  test('llama.cpp takes its order', () => {
    const processors = [
      repetitionPenalty(1.1, { lastTokens: 64 }),
      frequencyPenalty(0.2, { includePrompt: true, lastTokens: 64 }),
      temperature(0.7),
      topK(40),
      typicalP(0.9),
    ];
    expect(body('llama.cpp', { processors })).toMatchObject({
      samplers: ['penalties', 'temperature', 'top_k', 'typ_p'],
      repeat_last_n: 64,
      repeat_penalty: 1.1,
      frequency_penalty: 0.2,
      typical_p: 0.9,
    });
    expect(body('llama.cpp', { processors: [topK(40)], sampler: greedy() })).toMatchObject({
      samplers: ['top_k', 'temperature'],
      temperature: 0,
    });
    expect(body('llama.cpp', { processors: [dynamicTemperature(1, { range: 0.2 })] })).toMatchObject({
      samplers: ['temperature'],
      dynatemp_range: 0.2,
    });
    const drawn = { processors: [temperature(0.5)], sampler: mirostatV2(4) };
    expect(body('llama.cpp', drawn)).toMatchObject({
      mirostat: 2,
      mirostat_tau: 4,
      mirostat_eta: 0.1,
      temperature: 0.5,
    });
  });

  test('our own server takes everything, as data', () => {
    const processors = [topP(0.5), temperature(2), logitBias([[3, Number.NEGATIVE_INFINITY]])];
    expect(body('nexttoken', { processors, sampler: categorical() })).toEqual({
      processors: [
        { type: 'topP', parameters: { p: 0.5, minTokensToKeep: 1 } },
        { type: 'temperature', parameters: { temperature: 2 } },
        { type: 'logitBias', parameters: { biases: [[3, { $number: '-Infinity' }]] } },
      ],
      sampler: { type: 'categorical', parameters: {} },
    });
  });
});

describe('refusals', () => {
  test.each<[string, Partial<StreamRequest>, Record<string, unknown>]>([
    ['vllm', { processors: [topP(0.9), temperature(0.7)] }, { processor: 'temperature', before: 'topP' }],
    ['vllm', { processors: [temperature(0.5), temperature(0.7)] }, { processor: 'temperature' }],
    [
      'vllm',
      { processors: [topP(0.9, { minTokensToKeep: 3 })] },
      { processor: 'topP', parameter: 'minTokensToKeep', value: 3 },
    ],
    [
      'vllm',
      { processors: [repetitionPenalty(1.1, { lastTokens: 9 })] },
      { processor: 'repetitionPenalty', parameter: 'lastTokens' },
    ],
    [
      'vllm',
      { processors: [frequencyPenalty(1, { includePrompt: true })] },
      { processor: 'frequencyPenalty', parameter: 'includePrompt' },
    ],
    [
      'vllm',
      { processors: [logitBias([[1, Number.NEGATIVE_INFINITY]])] },
      { processor: 'logitBias', parameter: 'biases' },
    ],
    [
      'llama.cpp',
      { processors: [frequencyPenalty(1)] },
      { processor: 'frequencyPenalty', parameter: 'includePrompt' },
    ],
    [
      'llama.cpp',
      {
        processors: [
          repetitionPenalty(1.1, { lastTokens: 9 }),
          frequencyPenalty(1, { includePrompt: true, lastTokens: 8 }),
        ],
      },
      { processor: 'frequencyPenalty', field: 'repeat_last_n' },
    ],
    [
      'llama.cpp',
      { processors: [repetitionPenalty(1.1), topK(3), frequencyPenalty(1, { includePrompt: true })] },
      { processor: 'frequencyPenalty' },
    ],
    ['llama.cpp', { processors: [topK(3)], sampler: mirostatV2(4) }, { processor: 'topK' }],
    [
      'nexttoken',
      { processors: [allowTokens(() => [1])] },
      { processor: 'allowTokens', parameter: 'allowed' },
    ],
  ])('%s %#', (dialect, request, details) => {
    expect(refusal(dialect, request)).toMatchObject({ option: 'processors', ...details });
  });
});
