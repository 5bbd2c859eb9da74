import { createPieceTokenizer } from '@nexttoken/generate/testing';
import type { LogitsProcessor } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../http/api-error';
import { Fields } from './fields';
import { readSampling } from './read-sampling';

const tokenizer = createPieceTokenizer(['a', 'b', 'c', '.', '\n', '</s>'], { eos: 5, special: ['</s>'] });
const context = { tokenizer, vocabSize: 6, endTokenIds: [5], maxNewTokens: 10 };
const read = (body: Record<string, unknown>) => readSampling(new Fields(body), context);
const shown = ({ type, parameters }: Pick<LogitsProcessor, 'type' | 'parameters'>) => [type, parameters];

describe('one field a stage', () => {
  test.each<[Record<string, unknown>, string, Record<string, unknown>]>([
    [{ temperature: 0.7 }, 'temperature', { temperature: 0.7 }],
    [{ top_k: 5 }, 'topK', { k: 5 }],
    [{ top_p: 0.9 }, 'topP', { p: 0.9 }],
    [{ min_p: 0.1 }, 'minP', { p: 0.1 }],
    [{ typical_p: 0.9 }, 'typicalP', { p: 0.9 }],
    [{ top_h: 0.4 }, 'topH', { h: 0.4 }],
    [{ top_n_sigma: 1 }, 'topNSigma', { n: 1 }],
    [{ epsilon_cutoff: 0.1 }, 'epsilonCutoff', { epsilon: 0.1 }],
    [{ eta_cutoff: 0.1 }, 'etaCutoff', { epsilon: 0.1 }],
    [{ xtc_probability: 0.5, xtc_threshold: 0.2 }, 'xtc', { probability: 0.5, threshold: 0.2 }],
    [{ dynatemp_range: 0.5, temperature: 0.8 }, 'dynamicTemperature', { temperature: 0.8, range: 0.5 }],
    [{ repetition_penalty: 1.2 }, 'repetitionPenalty', { penalty: 1.2 }],
    [{ frequency_penalty: 1 }, 'frequencyPenalty', { penalty: 1, includePrompt: false }],
    [{ presence_penalty: 1 }, 'presencePenalty', { penalty: 1, includePrompt: false }],
    [{ encoder_repetition_penalty: 1.2 }, 'encoderRepetitionPenalty', { penalty: 1.2 }],
    [{ dry_multiplier: 0.8, dry_sequence_breakers: ['.'] }, 'dry', { multiplier: 0.8, breakers: [[3]] }],
    [{ no_repeat_ngram_size: 2 }, 'noRepeatNgram', { size: 2 }],
    [{ encoder_no_repeat_ngram_size: 2 }, 'encoderNoRepeatNgram', { size: 2 }],
    [{ logit_bias: { 3: -100 } }, 'logitBias', { biases: [[3, -100]] }],
    [{ sequence_bias: [[[1, 2], 3]] }, 'sequenceBias', { biases: [[[1, 2], 3]] }],
    [{ bad_words_ids: [[1]] }, 'badWords', { words: [[1]], endTokenIds: [5] }],
    [{ suppress_tokens: [1] }, 'suppressTokens', { ids: [1] }],
    [{ begin_suppress_tokens: [1] }, 'suppressTokensAtBegin', { ids: [1] }],
    [{ min_length: 3 }, 'minLength', { length: 3, endTokenIds: [5] }],
    [{ forced_bos_token_id: 1 }, 'forcedBos', { id: 1 }],
    [{ forced_eos_token_id: 5 }, 'forcedEos', { endTokenIds: [5], maxNewTokens: 10 }],
    [{ exponential_decay_length_penalty: [2, 1.5] }, 'exponentialDecayLength', { start: 2, factor: 1.5 }],
    [{ allowed_token_ids: [1, 2] }, 'allowTokens', {}],
    [{ guidance_scale: 2 }, 'classifierFreeGuidance', { scale: 2 }],
    [{ remove_invalid_values: true }, 'infNanRemove', {}],
    [{ renormalize_logits: true }, 'logNormalize', {}],
  ])('%o', (body, type, parameters) => {
    const { processors, sampler } = read(body);
    expect(processors.map(shown)).toEqual([[type, expect.objectContaining(parameters)]]);
    expect(sampler.type).toBe('categorical');
  });

  test('neutral values make no stage', () => {
    const neutral = {
      temperature: 1,
      top_p: 1,
      top_k: -1,
      min_p: 0,
      typical_p: 1,
      repetition_penalty: 1,
      dry_multiplier: 0,
    };
    expect(read(neutral).processors).toEqual([]);
    expect(read({ top_p: null }).processors).toEqual([]);
  });

  test('the order is fixed, whatever the order of the fields', () => {
    const body = {
      min_p: 0.1,
      top_p: 0.9,
      temperature: 0.5,
      repetition_penalty: 1.1,
      logit_bias: { 1: 1 },
      top_k: 3,
    };
    const order = ['logitBias', 'repetitionPenalty', 'temperature', 'topK', 'topP', 'minP'];
    expect(read(body).processors.map(({ type }) => type)).toEqual(order);
  });
});

describe('samplers', () => {
  test.each<[Record<string, unknown>, string, Record<string, unknown>]>([
    [{ temperature: 0 }, 'greedy', {}],
    [{ mirostat: 1 }, 'mirostat', { tau: 5 }],
    [{ mirostat: 2, mirostat_tau: 4, mirostat_eta: 0.2 }, 'mirostatV2', { tau: 4, eta: 0.2 }],
    [{ adaptive_target: 0.4, adaptive_decay: 0.5 }, 'adaptiveP', { target: 0.4, decay: 0.5 }],
    [{ sampler: { type: 'gumbelMax' } }, 'gumbelMax', {}],
  ])('%o', (body, type, parameters) => {
    expect(shown(read(body).sampler)).toEqual([type, expect.objectContaining(parameters)]);
  });
});

describe('a chain of its own', () => {
  test('keeps its order', () => {
    const processors = [
      { type: 'topP', parameters: { p: 0.5 } },
      { type: 'temperature', parameters: { temperature: 2 } },
      { type: 'logitBias', parameters: { biases: [[1, { $number: '-Infinity' }]] } },
    ];
    expect(read({ processors }).processors.map(({ type }) => type)).toEqual([
      'topP',
      'temperature',
      'logitBias',
    ]);
  });

  test('excludes the fields', () => {
    expect(() => read({ processors: [], temperature: 0.5 })).toThrow(ApiError);
    expect(() => read({ sampler: { type: 'greedy' }, mirostat: 1 })).toThrow(/exclude/);
  });
});
