import type { LogitsProcessor, Tokenizer } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { keptIds } from '../testing/kept-ids';
import { llamaCppAnswers } from '../testing/llama-cpp-answers';
import { fromLlamaCpp } from './from-llama-cpp';
import type { LlamaCppParameters } from './llama-cpp-parameters';

const { rows, chains, origin } = llamaCppAnswers();

const typesOf = (parameters: LlamaCppParameters, options = {}) =>
  fromLlamaCpp(parameters, options).processors.parameters.processors.map(({ type }) => type);

/** One token a character, its code; every text ends with 3. */
const tokenizer = {
  vocabSize: 128,
  specialTokens: { eos: 3 },
  bytesOf: (id: number) => Uint8Array.of(id),
  encode: (text: string) => ({ ids: Int32Array.from(text, (c) => c.charCodeAt(0)), tokens: [] }),
} as unknown as Tokenizer;

describe(`whole chains of llama.cpp ${origin.llamaCpp}`, () => {
  test.each(chains.map((recorded, i) => [i, recorded.row, JSON.stringify(recorded.parameters)] as const))(
    '%d: %s, %s',
    (i) => {
      const { parameters, row, ids = [], kept, scores } = chains[i]!;
      // Its own chains were recorded without breakers.
      const setup = fromLlamaCpp({ ...parameters, dry_sequence_breakers: [] });
      const actual = Float32Array.from(rows[row]!);
      const random = createRandom(1);
      const context = { ids, promptLength: ids.length, row: 0, batchItem: 0, random };
      setup.processors.process(actual, context, setup.processors.initialState());
      if (setup.sampler.type === 'greedy') {
        expect(setup.sampler.sample(actual, { random, row: 0 }, undefined).id).toBe(kept![0]);
        return;
      }
      expect(keptIds(actual)).toEqual(kept ?? keptIds(rows[row]!));
      for (const [id, score] of scores!) {
        expect(Math.abs(actual[id]! - score)).toBeLessThan(1e-5 * Math.max(1, Math.abs(score)));
      }
    },
  );
});

describe('order and defaults', () => {
  test('nothing given: top-k 40, top-p 0.95, min-p 0.05, temperature 0.8, a draw', () => {
    const { processors, sampler, loop, rest, unused } = fromLlamaCpp({});
    expect(processors.parameters.processors.map(({ type, parameters }) => [type, parameters])).toEqual([
      ['topK', { k: 40, minTokensToKeep: 1, ties: 'cut' }],
      ['topP', { p: 0.95, minTokensToKeep: 1 }],
      ['minP', { p: 0.05, minTokensToKeep: 1 }],
      ['temperature', { temperature: 0.8 }],
    ]);
    expect(sampler.type).toBe('categorical');
    expect(loop).toEqual({ stopStrings: [], topProbabilities: 0, afterProcessors: false });
    expect([rest, unused]).toEqual([{}, []]);
  });

  const everything: LlamaCppParameters = {
    temperature: 0.7,
    dynatemp_range: 0.2,
    dynatemp_exponent: 1.5,
    top_k: 20,
    top_p: 0.9,
    min_p: 0.1,
    typical_p: 0.8,
    top_n_sigma: 2,
    xtc_probability: 0.5,
    xtc_threshold: 0.2,
    repeat_last_n: 32,
    repeat_penalty: 1.1,
    frequency_penalty: 0.2,
    presence_penalty: 0.3,
    dry_multiplier: 0.8,
    dry_base: 1.5,
    dry_allowed_length: 3,
    dry_penalty_last_n: 128,
    dry_sequence_breakers: ['\n'],
    min_keep: 2,
    logit_bias: [[5, 1]],
  };

  test('everything given: in its order, with its values', () => {
    const { processors, unused } = fromLlamaCpp(everything, { tokenizer });
    const window = { includePrompt: true, lastTokens: 32 };
    expect(processors.parameters.processors.map(({ type, parameters }) => [type, parameters])).toEqual([
      ['logitBias', { biases: [[5, 1]] }],
      ['repetitionPenalty', { penalty: 1.1, promptIgnoreLength: 0, lastTokens: 32 }],
      ['frequencyPenalty', { penalty: 0.2, ...window }],
      ['presencePenalty', { penalty: 0.3, ...window }],
      ['dry', { multiplier: 0.8, base: 1.5, allowedLength: 3, lastTokens: 128, breakers: [[10]] }],
      ['topNSigma', { n: 2 }],
      ['topK', { k: 20, minTokensToKeep: 1, ties: 'cut' }],
      ['typicalP', { p: 0.8, minTokensToKeep: 2, ties: 'cut' }],
      ['topP', { p: 0.9, minTokensToKeep: 2 }],
      ['minP', { p: 0.1, minTokensToKeep: 2 }],
      ['xtc', { probability: 0.5, threshold: 0.2, minTokensToKeep: 2 }],
      ['dynamicTemperature', { temperature: 0.7, range: 0.2, exponent: 1.5 }],
    ]);
    expect(processors.requires).toEqual({ random: true });
    expect(unused).toEqual([]);
  });

  test.each([
    ['kt', ['topK', 'temperature']],
    ['top_k;temperature', ['topK', 'temperature']],
    [
      ['top-k', 'TEMP'],
      ['topK', 'temperature'],
    ],
    [
      ['nucleus', 'min_p'],
      ['topP', 'minP'],
    ],
    ['kk', ['topK', 'topK']],
    [[], []],
    ['', []],
  ])('samplers %j', (samplers, types) => {
    expect(typesOf({ samplers })).toEqual(types);
  });

  test.each([
    [{ samplers: 'kzt' }, 'unsupported-option', /kzt/],
    [{ samplers: ['topk', 'top_q'] }, 'unsupported-option', /top_q; did you mean/],
    [{ samplers: 'ki' }, 'unsupported-option', /infill/],
    [{ samplers: ['infill'] }, 'unsupported-option', /infill/],
    [{ samplers: 7 as never }, 'invalid-parameter', /samplers/],
  ])('refuses %j', (parameters, code, message) => {
    expect(() => fromLlamaCpp(parameters)).toThrow(expect.objectContaining({ code }));
    expect(() => fromLlamaCpp(parameters)).toThrow(message);
  });

  test('names of the C++ structure, null, and both names of one key', () => {
    const parameters = { temp: 0.5, typ_p: 0.5, penalty_repeat: 1.3, penalty_last_n: 8, top_k: null };
    expect(typesOf(parameters)).toEqual([
      'repetitionPenalty',
      'topK',
      'typicalP',
      'topP',
      'minP',
      'temperature',
    ]);
    expect(typesOf({ temp: 1, temperature: 1 })).not.toContain('temperature');
    expect(() => fromLlamaCpp({ temp: 1, temperature: 2 })).toThrow(/temperature must be the same as/);
  });
});

describe('values that turn a sampler off', () => {
  test.each([
    [{ top_k: 0 }, 'topK'],
    [{ top_k: -1 }, 'topK'],
    [{ top_p: 1 }, 'topP'],
    [{ min_p: 0 }, 'minP'],
    [{ typical_p: 1 }, 'typicalP'],
    [{ top_n_sigma: 0 }, 'topNSigma'],
    [{ xtc_probability: 1, xtc_threshold: 0.6 }, 'xtc'],
    [{ repeat_penalty: 2, repeat_last_n: 0 }, 'repetitionPenalty'],
    [{ dry_multiplier: 1, dry_penalty_last_n: 0 }, 'dry'],
    [{ temperature: 1 }, 'temperature'],
  ])('%j', (parameters, type) => {
    expect(typesOf(parameters)).not.toContain(type);
  });
});

describe('samplers that choose', () => {
  test('a temperature of 0 is greedy; what stands behind it is left out', () => {
    const setup = fromLlamaCpp({ temperature: 0, samplers: 'kxtp', xtc_probability: 1 });
    expect(setup.sampler.type).toBe('greedy');
    expect(setup.processors.parameters.processors.map(({ type }) => type)).toEqual(['topK', 'xtc']);
    expect(fromLlamaCpp({ temperature: -1 }).sampler.type).toBe('greedy');
    expect(fromLlamaCpp({ temperature: 0, dynatemp_range: 1 }).sampler.type).toBe('categorical');
    expect(fromLlamaCpp({ temperature: 0, samplers: 'k' }).sampler.type).toBe('categorical');
  });

  test('mirostat replaces everything but biases and the temperature', () => {
    const parameters = { mirostat: 1, mirostat_tau: 3, top_p: 0.5, dynatemp_range: 1, logit_bias: { 4: 2 } };
    const setup = fromLlamaCpp(parameters);
    expect(setup.processors.parameters.processors.map(({ type }) => type)).toEqual([
      'logitBias',
      'temperature',
    ]);
    expect(setup.sampler).toMatchObject({ type: 'mirostat', parameters: { tau: 3, eta: 0.1, m: 100 } });
    expect(setup.unused).toEqual(['top_p', 'dynatemp_range']);
    expect(fromLlamaCpp({ mirostat: 2 }).sampler).toMatchObject({
      type: 'mirostatV2',
      parameters: { tau: 5, eta: 0.1 },
    });
    expect(fromLlamaCpp({ mirostat: 2, temperature: 0 }).sampler.type).toBe('greedy');
    expect(() => fromLlamaCpp({ mirostat: 3 })).toThrow(/0, 1 or 2/);
  });

  test('adaptive-p draws where the order names it and it has a target', () => {
    const adaptive = { samplers: 'kma', adaptive_target: 0.3, adaptive_decay: 0.5 };
    expect(fromLlamaCpp(adaptive).sampler).toMatchObject({
      type: 'adaptiveP',
      parameters: { target: 0.3, decay: 0.5 },
    });
    expect(fromLlamaCpp({ ...adaptive, adaptive_target: -1 }).sampler.type).toBe('categorical');
    const without = fromLlamaCpp({ ...adaptive, samplers: 'km' });
    expect(without.sampler.type).toBe('categorical');
    expect(without.unused).toEqual(['adaptive_target', 'adaptive_decay']);
  });
});

describe('biases', () => {
  const biasesOf = (parameters: LlamaCppParameters, options = {}) =>
    fromLlamaCpp({ samplers: '', ...parameters }, options).processors.parameters.processors.map(
      (processor: LogitsProcessor) => processor.parameters.biases,
    );

  test.each<[LlamaCppParameters, unknown[]]>([
    [
      {
        logit_bias: [
          [7, 1.5],
          [9, false],
        ],
      },
      [
        [
          [7, 1.5],
          [9, -Infinity],
        ],
      ],
    ],
    [
      { logit_bias: { 7: 1.5, '9': false } },
      [
        [
          [7, 1.5],
          [9, -Infinity],
        ],
      ],
    ],
    [
      {
        logit_bias: [
          [7, 1],
          [7, 2],
        ],
      },
      [[[7, 3]]],
    ],
    [
      {
        logit_bias: [
          ['ab', -1],
          ['a', -1],
        ],
      },
      [
        [
          [97, -2],
          [98, -1],
        ],
      ],
    ],
    [
      { logit_bias: { ab: 4 } },
      [
        [
          [97, 4],
          [98, 4],
        ],
      ],
    ],
    [{ ignore_eos: true, logit_bias: [[3, 5]] }, [[[3, -Infinity]]]],
    [{ ignore_eos: false }, []],
    [{ logit_bias: [] }, []],
  ])('%j', (parameters, expected) => {
    expect(biasesOf(parameters, { tokenizer })).toEqual(expected);
  });

  test('the end tokens given go before the tokenizer’s', () => {
    expect(biasesOf({ ignore_eos: true }, { tokenizer, endTokenIds: [1, 2] })).toEqual([
      [
        [1, -Infinity],
        [2, -Infinity],
      ],
    ]);
  });

  test.each<[LlamaCppParameters, string]>([
    [{ logit_bias: [['ab', 1]] }, 'tokenizer'],
    [{ ignore_eos: true }, 'endTokenIds'],
    [{ logit_bias: 5 as never }, 'logit_bias'],
    [{ logit_bias: [[1]] as never }, 'logit_bias'],
    [{ logit_bias: [[1, true]] as never }, 'logit_bias'],
    [{ logit_bias: [[{}, 1]] as never }, 'logit_bias'],
    [{ logit_bias: [[-1, 1]] }, 'id'],
    [{ ignore_eos: 1 as never }, 'ignore_eos'],
    [{ dry_multiplier: 1 }, 'tokenizer'],
    [{ dry_multiplier: 1, dry_sequence_breakers: 'x' as never }, 'dry_sequence_breakers'],
  ])('refuses %j', (parameters, parameter) => {
    expect(() => fromLlamaCpp(parameters)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', details: expect.objectContaining({ parameter }) }),
    );
  });
});

describe('keys for the loop, keys handed back, keys refused', () => {
  test('what belongs to the loop', () => {
    const given = { seed: 7, n_predict: 30, stop: 'END', n_probs: 5, post_sampling_probs: true };
    expect(fromLlamaCpp(given).loop).toEqual({
      seed: 7,
      maxNewTokens: 30,
      stopStrings: ['END'],
      topProbabilities: 5,
      afterProcessors: true,
    });
    for (const seed of [-1, 4294967295]) expect(fromLlamaCpp({ seed }).loop.seed).toBeUndefined();
    expect(fromLlamaCpp({ max_tokens: 4, logprobs: 2 }).loop).toMatchObject({
      maxNewTokens: 4,
      topProbabilities: 2,
    });
  });

  test("the settings that llama.cpp's server reports are taken as they are", () => {
    // The form of `generation_settings`: task_params::to_json in tools/server/server-task.cpp.
    const setup = fromLlamaCpp(
      {
        seed: 4294967295,
        temperature: 0.800000011920929,
        dynatemp_range: 0,
        dynatemp_exponent: 1,
        top_k: 40,
        top_p: 0.949999988079071,
        min_p: 0.05000000074505806,
        top_n_sigma: -1,
        xtc_probability: 0,
        xtc_threshold: 0.10000000149011612,
        typical_p: 1,
        repeat_last_n: 64,
        repeat_penalty: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        dry_multiplier: 0,
        dry_base: 1.75,
        dry_allowed_length: 2,
        dry_penalty_last_n: 64,
        dry_sequence_breakers: ['\n', ':', '"', '*'],
        mirostat: 0,
        mirostat_tau: 5,
        mirostat_eta: 0.10000000149011612,
        adaptive_target: -1,
        adaptive_decay: 0.8999999761581421,
        stop: [],
        max_tokens: -1,
        n_predict: -1,
        n_keep: 0,
        n_discard: 0,
        ignore_eos: false,
        stream: false,
        logit_bias: [],
        n_probs: 0,
        min_keep: 0,
        grammar: '',
        grammar_lazy: false,
        grammar_triggers: [],
        preserved_tokens: [],
        chat_format: 'Content-only',
        reasoning_format: 'none',
        reasoning_in_content: false,
        generation_prompt: '',
        samplers: [
          'penalties',
          'dry',
          'top_n_sigma',
          'top_k',
          'typ_p',
          'top_p',
          'min_p',
          'xtc',
          'temperature',
        ],
        'speculative.types': 'none',
        timings_per_token: false,
        post_sampling_probs: false,
        backend_sampling: false,
        lora: [],
      },
      {},
    );
    expect(setup.processors.parameters.processors.map(({ type }) => type)).toEqual([
      'topK',
      'topP',
      'minP',
      'temperature',
    ]);
    expect(setup.rest).toMatchObject({ stream: false, n_keep: 0, chat_format: 'Content-only' });
    expect(setup.unused).toEqual(['mirostat_tau', 'mirostat_eta', 'adaptive_target', 'adaptive_decay']);
  });

  test.each<[LlamaCppParameters, string, RegExp]>([
    [{ grammar: 'root ::= "a"' }, 'grammar', /@nexttoken\/grammar/],
    [{ json_schema: {} }, 'json_schema', /@nexttoken\/grammar/],
    [{ grammar_lazy: true }, 'grammar_lazy', /cannot be honoured/],
    [{ lora: [{ id: 0, scale: 1 }] }, 'lora', /adapters/],
    [{ n_cmpl: 2 }, 'n_cmpl', /several rows/],
    [{ tfs_z: 0.9 }, 'tfs_z', /removed/],
    [{ reasoning_budget_tokens: 100 }, 'reasoning_budget_tokens', /loop/],
    [{ t_max_predict_ms: 100 }, 't_max_predict_ms', /AbortSignal/],
    [{ topp: 0.5 }, 'topp', /did you mean top_p/],
  ])('refuses %j by name', (parameters, option, message) => {
    expect(() => fromLlamaCpp(parameters)).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: expect.objectContaining({ option, owner: 'fromLlamaCpp' }),
      }),
    );
    expect(() => fromLlamaCpp(parameters)).toThrow(message);
  });

  test.each<LlamaCppParameters>([
    { top_k: 1.5 },
    { temperature: Number.NaN },
    { top_p: '0.9' as never },
    { min_keep: -1 },
    { repeat_last_n: -1 },
    { repeat_penalty: 0 },
    { dry_multiplier: 1, dry_base: 0.5, dry_sequence_breakers: [] },
    { typical_p: 0 },
    { seed: -2 },
    { n_predict: -2 },
    { stop: [''] },
    { temperature: -1, dynatemp_range: 3 },
  ])('refuses the value in %j', (parameters) => {
    expect(() => fromLlamaCpp(parameters)).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  test('tells which sampler an illegal value belongs to', () => {
    expect(() => fromLlamaCpp({ top_p: -0.1 })).toThrow(/^fromLlamaCpp: top_p: topP: p must be/);
    expect(() => fromLlamaCpp({ top_p: -0.1 })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ sampler: 'top_p', value: -0.1 }) }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => fromLlamaCpp({}, { vocab: 1 } as never)).toThrow(/unknown option vocab/);
  });
});
