import { NextTokenError } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { openSafetensors } from '../safetensors/open-safetensors';
import { bytesSource } from '../source/bytes-source';
import { float32Bytes, writeSafetensors } from '../testing/write-safetensors';
import { type Architecture, ropeOf, slidingWindowOf } from './architecture';
import { configReader } from './config-reader';
import { findArchitecture } from './known-architectures';
import { withLongContext } from './with-long-context';

const sizes = {
  vocab_size: 10,
  hidden_size: 32,
  intermediate_size: 12,
  num_hidden_layers: 4,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 64,
};

function read(family: string, changes: object): Architecture {
  const description = findArchitecture('modelTypes', family, 'config.json');
  return description.fromConfig(configReader({ ...sizes, ...changes }, 'config.json'));
}

/** Which layers have a window. */
const windows = (architecture: Architecture) =>
  [0, 1, 2, 3].map((layer) => slidingWindowOf(architecture, layer));

describe('sliding windows', () => {
  const full = 'full_attention';
  const sliding = 'sliding_attention';
  test.each<[family: string, changes: object, expected: (number | null)[]]>([
    ['mistral', {}, [4096, 4096, 4096, 4096]],
    ['mistral', { sliding_window: null }, [null, null, null, null]],
    ['mistral', { sliding_window: 8 }, [8, 8, 8, 8]],
    ['qwen2', { sliding_window: 8 }, [null, null, null, null]],
    ['qwen2', { use_sliding_window: true, sliding_window: null }, [null, null, null, null]],
    ['qwen2', { use_sliding_window: true, max_window_layers: 3, sliding_window: 8 }, [null, null, null, 8]],
    ['qwen2', { use_sliding_window: true, max_window_layers: 0 }, [4096, 4096, 4096, 4096]],
    ['qwen2', { use_sliding_window: true, max_window_layers: 28 }, [null, null, null, null]],
    [
      'qwen3',
      { use_sliding_window: true, sliding_window: 8, layer_types: [full, sliding, sliding, full] },
      [null, 8, 8, null],
    ],
    ['phi3', {}, [null, null, null, null]],
    ['phi3', { sliding_window: 2047 }, [2047, 2047, 2047, 2047]],
    ['gemma2', {}, [4096, null, 4096, null]],
    ['gemma3_text', { sliding_window: 8 }, [8, 8, 8, 8]],
    ['gemma3_text', { sliding_window: 8, sliding_window_pattern: 2 }, [8, null, 8, null]],
    ['gemma3_text', { layer_types: [full, full, full, full] }, [null, null, null, null]],
  ])('%s with %j', (family, changes, expected) => {
    expect(windows(read(family, changes))).toEqual(expected);
  });
});

describe('rotary embeddings', () => {
  test('gemma3 has one for layers with a window, in both spellings', () => {
    const old = {
      rope_theta: 1e6,
      rope_local_base_freq: 20000,
      rope_scaling: { rope_type: 'linear', factor: 8 },
    };
    const present = {
      rope_parameters: {
        full_attention: { rope_type: 'linear', factor: 8, rope_theta: 1e6 },
        sliding_attention: { rope_type: 'default', rope_theta: 20000 },
      },
    };
    for (const spelling of [old, present]) {
      const architecture = read('gemma3_text', { ...spelling, sliding_window_pattern: 2, head_dim: 8 });
      const global = { theta: 1e6, dimensions: 8, scaling: { type: 'linear', factor: 8 } };
      expect(ropeOf(architecture, 0)).toEqual({ theta: 20000, dimensions: 8, scaling: null });
      expect(ropeOf(architecture, 1)).toEqual(global);
    }
    const { rope, localRope } = read('gemma3_text', {});
    expect([rope?.theta, localRope?.theta]).toEqual([1e6, 10000]);
  });

  test('a part of each head', () => {
    expect(read('gpt_neox', {}).rope?.dimensions).toBe(2);
    expect(read('gpt_neox', { rotary_pct: 1 }).rope?.dimensions).toBe(8);
    const nested = { rope_parameters: { partial_rotary_factor: 0.5, rope_theta: 500 } };
    expect(read('gpt_neox', nested).rope).toEqual({ theta: 500, dimensions: 4, scaling: null });
    expect(read('phi3', { partial_rotary_factor: 0.75 }).rope?.dimensions).toBe(6);
  });

  test('how far a stretched model goes', () => {
    const longrope = {
      original_max_position_embeddings: 16,
      rope_scaling: { type: 'longrope', short_factor: [1, 1, 1, 1], long_factor: [1, 2, 3, 4] },
    };
    expect(read('llama', { rope_scaling: { type: 'linear', factor: 4 } }).contextLength).toBe(64);
    expect(read('llama', { rope_scaling: { type: 'dynamic', factor: 4 } }).contextLength).toBe(256);
    const yarn = { type: 'yarn', factor: 4, original_max_position_embeddings: 32 };
    expect(read('llama', { rope_scaling: yarn }).contextLength).toBe(128);
    const phi3 = read('phi3', longrope);
    expect(phi3.contextLength).toBe(16);
    expect(phi3.rope?.scaling).toMatchObject({ factors: [1, 1, 1, 1] });
    const long = withLongContext({ name: 'phi', architecture: phi3 } as Checkpoint).architecture;
    expect(long.contextLength).toBe(64);
    expect(long.rope?.scaling).toMatchObject({ factors: [1, 2, 3, 4], long: null });
    for (const architecture of [long, read('llama', {}), read('gpt2', {})])
      expect(() => withLongContext({ name: 'x', architecture } as Checkpoint)).toThrow(
        expect.objectContaining({ code: 'unsupported-option' }),
      );
  });

  test('yarn and what follows from it', () => {
    const scaling = (changes: object) => {
      const parameters = { rope_type: 'yarn', factor: 4, rope_theta: 10000, ...changes };
      return read('llama', { rope_parameters: parameters }).rope?.scaling;
    };
    expect(scaling({})).toEqual({
      type: 'yarn',
      factor: 4,
      originalContextLength: 64,
      betaFast: 32,
      betaSlow: 1,
      truncate: true,
      attentionFactor: 0.1 * Math.log(4) + 1,
    });
    expect(scaling({ attention_factor: 1.5, mscale: 2 })).toMatchObject({ attentionFactor: 1.5 });
    expect(scaling({ mscale: 1, mscale_all_dim: 1 })).toMatchObject({ attentionFactor: 1 });
    expect(scaling({ factor: null, original_max_position_embeddings: 16 })).toMatchObject({ factor: 4 });
  });
});

test('biases and caps', () => {
  expect(read('qwen2', {})).toMatchObject({ attentionBias: true, attentionOutputBias: false });
  expect(read('qwen3', { attention_bias: true })).toMatchObject({
    attentionBias: true,
    attentionOutputBias: true,
    headSize: 128,
  });
  expect(read('gemma2', {})).toMatchObject({ attentionSoftcap: 50, logitSoftcap: 30, headSize: 256 });
  const uncapped = { attn_logit_softcapping: null, final_logit_softcapping: null };
  expect(read('gemma2', uncapped)).toMatchObject({ attentionSoftcap: null, logitSoftcap: null });
  expect(read('gpt2', { n_embd: 48, scale_attn_weights: false })).toMatchObject({
    attentionScale: 1,
    intermediateSize: 192,
    tiedEmbeddings: true,
  });
});

describe('refusals', () => {
  test.each<[code: string, family: string, field: string, changes: object]>([
    ['unsupported-option', 'mistral', 'hidden_act', { hidden_act: 'mish' }],
    ['unsupported-option', 'mistral', 'layer_types', { layer_types: Array(4).fill('full_attention') }],
    ['unsupported-option', 'qwen2', 'layer_types', { layer_types: Array(4).fill('chunked_attention') }],
    ['invalid-config', 'qwen2', 'layer_types', { layer_types: ['full_attention'] }],
    ['invalid-config', 'qwen3', 'layer_types', { layer_types: Array(4).fill('sliding_attention') }],
    ['unsupported-option', 'qwen2', 'partial_rotary_factor', { partial_rotary_factor: 0.5 }],
    ['unsupported-option', 'gpt2', 'activation_function', { activation_function: 'tanh' }],
    ['unsupported-option', 'gpt2', 'reorder_and_upcast_attn', { reorder_and_upcast_attn: true }],
    [
      'unsupported-option',
      'gpt2',
      'scale_attn_by_inverse_layer_idx',
      { scale_attn_by_inverse_layer_idx: true },
    ],
    ['invalid-config', 'gpt2', 'n_head', { n_embd: 30, n_head: 4 }],
    ['invalid-config', 'gpt_neox', 'rotary_pct', { rotary_pct: 0.4 }],
    ['invalid-config', 'gpt_neox', 'rotary_pct', { rotary_pct: 2 }],
    ['unsupported-option', 'phi3', 'rope_scaling', { rope_scaling: { type: 'spiral' } }],
    ['invalid-config', 'phi3', 'rope_scaling.long_factor', { rope_scaling: { type: 'su', factor: 2 } }],
    ['unsupported-option', 'gemma3_text', 'attn_logit_softcapping', { attn_logit_softcapping: 50 }],
    [
      'unsupported-option',
      'gemma3_text',
      'use_bidirectional_attention',
      { use_bidirectional_attention: true },
    ],
    ['invalid-config', 'gemma3_text', 'sliding_window_pattern', { sliding_window_pattern: 1e6 }],
    [
      'unsupported-option',
      'gemma3_text',
      'rope_parameters.full_attention',
      { rope_parameters: { full_attention: { rope_type: 'proportional' } } },
    ],
    [
      'invalid-config',
      'gemma3_text',
      'rope_parameters.full_attention.factor',
      { rope_parameters: { full_attention: { rope_type: 'linear' } } },
    ],
    [
      'invalid-config',
      'llama',
      'rope_scaling',
      { rope_parameters: { type: 'linear', factor: 2 }, rope_scaling: { type: 'linear', factor: 3 } },
    ],
  ])('%s: %s, %s', (code, family, field, changes) => {
    expect(() => read(family, changes)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ path: 'config.json', field }) }),
    );
  });
});

const families = ['llama', 'mistral', 'qwen2', 'qwen3', 'gpt2', 'gpt_neox', 'phi3', 'gemma2', 'gemma3_text'];

test('whatever a config says, it is an architecture or refused by name', () => {
  const value = fc.oneof(
    fc.anything({ withBigInt: true }),
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, 0, -1, 1e300, true, 'gelu', [], ['sliding_attention']),
    fc.record(
      {
        rope_type: fc.constantFrom('linear', 'dynamic', 'yarn', 'llama3', 'longrope', 'default', 3),
        factor: fc.double(),
        original_max_position_embeddings: fc.integer(),
        short_factor: fc.array(fc.double()),
        full_attention: fc.object(),
      },
      { requiredKeys: [] },
    ),
  );
  const fields = [
    ...Object.keys(sizes),
    ...['head_dim', 'layer_types', 'sliding_window', 'sliding_window_pattern', 'use_sliding_window'],
    ...[
      'max_window_layers',
      'rope_parameters',
      'rope_scaling',
      'rope_theta',
      'rotary_pct',
      'n_embd',
      'n_head',
    ],
    ...['partial_rotary_factor', 'query_pre_attn_scalar', 'hidden_act', 'final_logit_softcapping'],
  ];
  const changes = fc.dictionary(fc.constantFrom(...fields), value, { minKeys: 1, maxKeys: 4 });
  const results = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...families), changes, (family, change) => {
      try {
        const architecture = read(family, change);
        windows(architecture);
        results.read++;
      } catch (error) {
        if (!NextTokenError.isInstance(error)) throw error;
        JSON.stringify(error);
        results.refused++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(results.read).toBeGreaterThan(50);
  expect(results.refused).toBeGreaterThan(50);
});

test('names may lack what they begin with; buffers of old versions are no weights', async () => {
  const config = { model_type: 'gpt2', vocab_size: 4, n_embd: 4, n_head: 2, n_layer: 1, n_positions: 4 };
  const { requiredTensors, fromConfig } = findArchitecture('modelTypes', 'gpt2', 'config.json');
  const names = [...requiredTensors(fromConfig(configReader(config, 'config.json')))];
  const open = (rename: (name: string) => string) => {
    const tensors = [...names, { name: 'transformer.h.0.attn.bias', shape: [1, 1, 4, 4] }].map(
      ({ name, shape }) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return { name: rename(name), shape, dtype: 'F32', bytes: float32Bytes(new Float32Array(count)) };
      },
    );
    return openSafetensors({
      config,
      sources: [bytesSource(writeSafetensors(tensors), 'model.safetensors')],
    });
  };
  const whole = await open((name) => name);
  const bare = await open((name) => name.slice('transformer.'.length));
  expect([...bare.tensors.keys()]).toEqual([...whole.tensors.keys()]);
  expect(bare.tensors.has('transformer.wte.weight')).toBe(true);
});
