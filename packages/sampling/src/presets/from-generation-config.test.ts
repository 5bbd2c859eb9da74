import { describe, expect, test } from 'vitest';
import { orderOf } from '../chain/order-of';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { contextOf } from '../testing/run-processor';
import { fromGenerationConfig } from './from-generation-config';
import { beamKeys, loopKeys, processorKeys, restKeys, samplingKeys } from './generation-config-keys';
import type { HuggingFaceGenerationConfig } from './hugging-face-generation-config';
import { refusedKeys } from './refused-generation-config-keys';

const typesOf = (config: HuggingFaceGenerationConfig) =>
  orderOf(fromGenerationConfig(config).processors).map(({ type }) => type);

/** Every key that makes a processor, with a value that does. */
const everything: HuggingFaceGenerationConfig = {
  do_sample: true,
  eta_cutoff: 0.001,
  epsilon_cutoff: 0.001,
  typical_p: 0.9,
  min_p: 0.05,
  top_p: 0.95,
  top_k: 40,
  top_h: 0.8,
  temperature: 0.8,
  renormalize_logits: true,
  begin_suppress_tokens: [1],
  suppress_tokens: [2],
  exponential_decay_length_penalty: [5, 1.1],
  remove_invalid_values: true,
  forced_eos_token_id: 3,
  forced_bos_token_id: 4,
  min_new_tokens: 2,
  min_length: 5,
  bad_words_ids: [[6]],
  encoder_no_repeat_ngram_size: 3,
  no_repeat_ngram_size: 2,
  repetition_penalty: 1.1,
  encoder_repetition_penalty: 1.2,
  sequence_bias: [[[7, 8], -2]],
  guidance_scale: 1.5,
  num_beams: 4,
  num_beam_groups: 2,
  diversity_penalty: 0.5,
  eos_token_id: [3, 9],
};

describe('the order', () => {
  test("is Hugging Face's, whatever the order of the keys", () => {
    expect(typesOf(everything)).toEqual([
      'classifierFreeGuidance',
      'sequenceBias',
      'hammingDiversity',
      'encoderRepetitionPenalty',
      'repetitionPenalty',
      'noRepeatNgram',
      'encoderNoRepeatNgram',
      'badWords',
      'minLength',
      'minNewTokens',
      'forcedBos',
      'forcedEos',
      'infNanRemove',
      'exponentialDecayLength',
      'suppressTokens',
      'suppressTokensAtBegin',
      'temperature',
      'topH',
      'topK',
      'topP',
      'minP',
      'typicalP',
      'epsilonCutoff',
      'etaCutoff',
      'logNormalize',
    ]);
  });

  test('a function of the row stands between the lengths and what is forced', () => {
    const { processors } = fromGenerationConfig(
      { min_length: 4, eos_token_id: 1, forced_bos_token_id: 2, num_beams: 2 },
      { allowedTokens: () => [0] },
    );
    expect(orderOf(processors).map(({ type }) => type)).toEqual(['minLength', 'allowTokens', 'forcedBos']);
    expect(orderOf(processors)[1]!.parameters).toMatchObject({ acrossBeams: true });
  });

  test('own processors take the place of one of their type, or come before the temperature', () => {
    const own = repetitionPenalty(1.7);
    const cut = topK(3);
    const { processors } = fromGenerationConfig(
      { do_sample: true, repetition_penalty: 1.1, no_repeat_ngram_size: 2, temperature: 0.5 },
      { processors: [cut, own] },
    );
    expect(orderOf(processors).map(({ type }) => type)).toEqual([
      'repetitionPenalty',
      'noRepeatNgram',
      'topK',
      'temperature',
      'topK',
    ]);
    expect(processors.parameters.processors[0]).toBe(own);
    expect(processors.parameters.processors[2]).toBe(cut);
  });
});

describe('defaults and conditions', () => {
  test('nothing given: greedy, 20 new tokens', () => {
    const setup = fromGenerationConfig({});
    expect(setup).toMatchObject({ sampler: { type: 'greedy' }, rest: {}, unused: [] });
    expect(setup.processors.parameters.processors).toEqual([]);
    expect(setup.loop).toEqual({
      maxNewTokens: 20,
      endTokenIds: [],
      stopStrings: [],
      numBeams: 1,
      numBeamGroups: 1,
      diversityPenalty: 0,
      lengthPenalty: 1,
      earlyStopping: false,
      numReturnSequences: 1,
      capture: { logits: false, scores: false, hiddenStates: false, attention: false },
    });
  });

  test('sampling fills in top_k 50, also for null; 0 turns it off', () => {
    expect(orderOf(fromGenerationConfig({ do_sample: true }).processors)).toEqual([
      { type: 'topK', parameters: { k: 50, minTokensToKeep: 1 } },
    ]);
    expect(typesOf({ do_sample: true, top_k: null })).toEqual(['topK']);
    expect(typesOf({ do_sample: true, top_k: 0 })).toEqual([]);
    expect(fromGenerationConfig({ do_sample: true }).sampler.type).toBe('categorical');
  });

  test('neutral values make no processor', () => {
    const neutral = {
      do_sample: true,
      temperature: 1,
      top_k: 0,
      top_p: 1,
      typical_p: 1,
      epsilon_cutoff: 0,
      eta_cutoff: 0,
      repetition_penalty: 1,
      encoder_repetition_penalty: 1,
      guidance_scale: 1,
      no_repeat_ngram_size: 0,
      encoder_no_repeat_ngram_size: 0,
      min_length: 0,
      min_new_tokens: 0,
      remove_invalid_values: false,
      renormalize_logits: false,
      eos_token_id: 2,
    };
    expect(typesOf(neutral)).toEqual([]);
    expect(typesOf(Object.fromEntries(Object.keys(everything).map((key) => [key, null])))).toEqual([]);
  });

  test('without sampling the sampling keys have no effect, and are named', () => {
    const { processors, unused } = fromGenerationConfig({
      top_p: 0.5,
      temperature: 0.3,
      repetition_penalty: 1.1,
    });
    expect(orderOf(processors).map(({ type }) => type)).toEqual(['repetitionPenalty']);
    expect(unused).toEqual(['top_p', 'temperature']);
  });

  test('what else has no effect is named too', () => {
    const { unused, loop } = fromGenerationConfig({
      length_penalty: 2,
      early_stopping: true,
      min_length: 3,
      max_length: 30,
      max_new_tokens: 5,
    });
    expect(unused).toEqual(['length_penalty', 'early_stopping', 'min_length', 'max_length']);
    expect(loop).toMatchObject({ maxNewTokens: 5, lengthPenalty: 2, earlyStopping: true });
    expect(loop.maxLength).toBeUndefined();
  });

  test.each([
    [{ num_beams: 1, eos_token_id: [1, 2] }, 1],
    [{ num_beams: 2, eos_token_id: [1, 2] }, 3],
    [{ num_beams: 2, eos_token_id: 1 }, 2],
    [{ num_beams: 2 }, 2],
  ])('%j keeps at least %d tokens', (config, minTokensToKeep) => {
    const sampling = {
      do_sample: true,
      top_p: 0.5,
      min_p: 0.1,
      typical_p: 0.5,
      epsilon_cutoff: 0.1,
      eta_cutoff: 0.1,
    };
    const order = orderOf(fromGenerationConfig({ ...sampling, ...config }).processors);
    expect(order.map(({ parameters }) => parameters.minTokensToKeep)).toEqual(
      new Array(6).fill(minTokensToKeep),
    );
  });
});

describe('what depends on the prompt is decided when a row comes', () => {
  function removedBy(config: HuggingFaceGenerationConfig, length: number, promptLength: number): number[] {
    const { processors } = fromGenerationConfig(config);
    const scores = new Float32Array(4).fill(1);
    const context = contextOf(new Array(length).fill(0), promptLength);
    processors.process(scores, context, processors.initialState());
    return Array.from(scores.keys()).filter((id) => scores[id] === -Infinity);
  }

  test('min_new_tokens and forced_eos_token_id with max_new_tokens', () => {
    const config = { min_new_tokens: 2, eos_token_id: 3, forced_eos_token_id: 3, max_new_tokens: 4 };
    expect([6, 7, 8, 9, 10].map((length) => removedBy(config, length, 6))).toEqual([
      [3],
      [3],
      [],
      [0, 1, 2],
      [],
    ]);
  });

  test('forced_eos_token_id with max_length, and by default behind 20 new tokens', () => {
    const config = { forced_eos_token_id: [2, 3] };
    expect(removedBy({ ...config, max_length: 8 }, 7, 6)).toEqual([0, 1]);
    expect(removedBy({ ...config, max_length: 8 }, 8, 6)).toEqual([]);
    expect(removedBy(config, 25, 6)).toEqual([0, 1]);
    expect(removedBy(config, 19, 6)).toEqual([]);
  });

  test('begin_suppress_tokens, one later behind a forced first token', () => {
    expect(removedBy({ begin_suppress_tokens: [1] }, 1, 1)).toEqual([1]);
    const forced = { begin_suppress_tokens: [1], forced_bos_token_id: 2 };
    expect(removedBy(forced, 1, 1)).toEqual([0, 1, 3]);
    expect(removedBy(forced, 2, 1)).toEqual([1]);
    expect(removedBy(forced, 2, 2)).toEqual([1]);
  });

  test('the encoder keys look at the prompt', () => {
    expect(removedBy({ encoder_no_repeat_ngram_size: 1 }, 3, 2)).toEqual([0]);
    expect(removedBy({ encoder_no_repeat_ngram_size: 1 }, 3, 0)).toEqual([]);
  });
});

describe('the loop', () => {
  test('gets what is no processor', () => {
    expect(
      fromGenerationConfig({
        max_length: 100,
        max_time: 2.5,
        stop_strings: '\n',
        eos_token_id: 5,
        bos_token_id: 0,
        num_beams: 4,
        num_return_sequences: 2,
        early_stopping: 'never',
        length_penalty: -0.5,
        output_scores: true,
        output_attentions: true,
      }).loop,
    ).toEqual({
      maxLength: 100,
      maxTime: 2.5,
      stopStrings: ['\n'],
      endTokenIds: [5],
      bosTokenId: 0,
      padTokenId: 5,
      numBeams: 4,
      numBeamGroups: 1,
      diversityPenalty: 0,
      lengthPenalty: -0.5,
      earlyStopping: 'never',
      numReturnSequences: 2,
      capture: { logits: false, scores: true, hiddenStates: false, attention: true },
    });
    expect(fromGenerationConfig({ eos_token_id: [5, 6], pad_token_id: 0 }).loop).toMatchObject({
      padTokenId: 0,
    });
  });

  test('what changes no token is handed back as it was', () => {
    const rest = { use_cache: true, cache_implementation: 'static', transformers_version: '5.18.0' };
    const setup = fromGenerationConfig({ ...rest, _from_model_config: true, low_memory: false });
    expect(setup.rest).toEqual({ ...rest, _from_model_config: true });
  });
});

describe('refusals', () => {
  test.each(Object.keys(refusedKeys))('%s is refused by name, with the reason', (key) => {
    expect(() => fromGenerationConfig({ [key]: { any: 'thing' } })).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: { owner: 'fromGenerationConfig', option: key, reason: refusedKeys[key]!.reason },
      }),
    );
    expect(() => fromGenerationConfig({ [key]: null })).not.toThrow();
    for (const value of refusedKeys[key]!.harmless ?? []) {
      expect(() => fromGenerationConfig({ [key]: value })).not.toThrow();
    }
    expect(() => fromGenerationConfig({ [key]: { any: 'thing' } }, { ignore: [key] })).not.toThrow();
  });

  test.each([
    ['topp', 'top_p'],
    ['maxNewTokens', 'max_new_tokens'],
    ['repetition_penality', 'repetition_penalty'],
    ['alignment_heads', undefined],
  ])('the unknown key %s, with the nearest one', (key, nearest) => {
    expect(() => fromGenerationConfig({ [key]: 1 })).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: expect.objectContaining({ option: key, ...(nearest ? { nearest } : {}) }),
      }),
    );
  });

  test.each([
    ['do_sample', 1],
    ['temperature', 0],
    ['temperature', '1'],
    ['top_k', -1],
    ['top_k', 2.5],
    ['top_p', 1.5],
    ['min_p', -0.1],
    ['top_h', 0],
    ['typical_p', 0],
    ['epsilon_cutoff', 1],
    ['eta_cutoff', -1],
    ['repetition_penalty', 0],
    ['encoder_repetition_penalty', -1],
    ['no_repeat_ngram_size', -1],
    ['bad_words_ids', []],
    ['bad_words_ids', [3]],
    ['sequence_bias', {}],
    ['sequence_bias', [[[1], '2']]],
    ['suppress_tokens', 5],
    ['begin_suppress_tokens', [-1]],
    ['exponential_decay_length_penalty', [5]],
    ['exponential_decay_length_penalty', [-5, 1.1]],
    ['forced_bos_token_id', [1]],
    ['forced_eos_token_id', [-1]],
    ['guidance_scale', 'high'],
    ['eos_token_id', -1],
    ['eos_token_id', ['</s>']],
    ['pad_token_id', -1],
    ['stop_strings', ['']],
    ['max_new_tokens', 0],
    ['max_length', 1.5],
    ['max_time', -1],
    ['num_beams', 0],
    ['early_stopping', 'always'],
    ['length_penalty', Number.NaN],
    ['num_return_sequences', 2],
    ['diversity_penalty', 0.5],
    ['renormalize_logits', 'yes'],
    ['output_scores', 1],
  ])('the illegal value of %s: %j', (key, value) => {
    const config = { do_sample: true, eos_token_id: 2, [key]: value };
    const greedy = key === 'num_return_sequences' ? { do_sample: false } : {};
    expect(() => fromGenerationConfig({ ...config, ...greedy })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        details: expect.objectContaining({ owner: 'fromGenerationConfig', parameter: key }),
      }),
    );
  });

  test.each([
    [{ forced_eos_token_id: 2, suppress_tokens: [1, 2] }, 'forced_eos_token_id'],
    [{ forced_bos_token_id: 2, suppress_tokens: [2] }, 'forced_bos_token_id'],
    [{ num_beams: 4, num_beam_groups: 3 }, 'num_beam_groups'],
    [{ num_beams: 2, num_return_sequences: 3, do_sample: true }, 'num_return_sequences'],
    [{ exponential_decay_length_penalty: [1, 1.1] }, 'exponential_decay_length_penalty'],
  ] as [HuggingFaceGenerationConfig, string][])('the contradiction %j', (config, parameter) => {
    expect(() => fromGenerationConfig(config)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
    expect(() => fromGenerationConfig({ forced_eos_token_id: [1, 2], suppress_tokens: [2] })).not.toThrow();
  });

  test('unknown options of the function itself', () => {
    expect(() => fromGenerationConfig({}, { promptLength: 3 } as never)).toThrow(
      /unknown option promptLength/,
    );
    expect(() => fromGenerationConfig({}, { processors: [temperature] as never })).toThrow(
      /logits processor/,
    );
  });
});

test('no key of GenerationConfig is forgotten, and none named twice', () => {
  const all = [
    ...processorKeys,
    ...samplingKeys,
    ...beamKeys,
    ...loopKeys,
    ...restKeys,
    ...Object.keys(refusedKeys),
  ];
  expect(new Set(all).size).toBe(all.length);
  // The parameters of transformers 5's GenerationConfig, and of 4's that it still reads.
  const theirs =
    `max_length max_new_tokens min_length min_new_tokens early_stopping max_time stop_strings do_sample
    num_beams use_mtp use_cache cache_implementation cache_config max_cache_len temperature top_k top_p min_p top_h
    typical_p epsilon_cutoff eta_cutoff repetition_penalty encoder_repetition_penalty length_penalty
    no_repeat_ngram_size bad_words_ids renormalize_logits forced_bos_token_id forced_eos_token_id
    remove_invalid_values exponential_decay_length_penalty suppress_tokens begin_suppress_tokens sequence_bias
    token_healing guidance_scale watermarking_config num_return_sequences output_attentions output_hidden_states
    output_scores output_logits return_dict_in_generate pad_token_id bos_token_id eos_token_id
    encoder_no_repeat_ngram_size decoder_start_token_id is_assistant num_assistant_tokens
    num_assistant_tokens_schedule assistant_confidence_threshold prompt_lookup_num_tokens max_matching_ngram_size
    assistant_early_exit assistant_lookbehind target_lookbehind assistant_ensemble_weight speculation_type
    compile_config disable_compile continuous_batching_config low_memory penalty_alpha dola_layers
    diversity_penalty num_beam_groups constraints force_words_ids prefill_chunk_size _from_model_config
    transformers_version _commit_hash`.split(/\s+/);
  expect(theirs.filter((key) => !(all as readonly string[]).includes(key))).toEqual([]);
});
