import { describe, expect, test } from 'vitest';
import { openSafetensors } from '../safetensors/open-safetensors';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { tinyConfig, tinySafetensors, tinyTensors } from '../testing/tiny-llama';
import { float32Bytes, type PlainTensor, writeSafetensors } from '../testing/write-safetensors';

const open = (config: unknown, tensors: readonly PlainTensor[] = tinyTensors()) =>
  openSafetensors({ config, sources: [bytesSource(writeSafetensors(tensors), 'model.safetensors')] });

const architecture = async (changes: object) => (await open({ ...tinyConfig, ...changes })).architecture;

const without = (field: keyof typeof tinyConfig) => {
  const { [field]: _, ...rest } = tinyConfig;
  return rest;
};

test('config.json as an architecture', async () => {
  expect(await architecture({})).toEqual({
    family: 'llama',
    vocabSize: 6,
    hiddenSize: 8,
    intermediateSize: 12,
    layerCount: 1,
    headCount: 2,
    keyValueHeadCount: 1,
    headSize: 4,
    contextLength: 16,
    norm: 'rms',
    normEpsilon: 1e-5,
    normOffset: 0,
    rope: { theta: 10000, dimensions: 4, scaling: null },
    localRope: null,
    slidingWindow: null,
    embeddingScale: 1,
    attentionScale: 0.5,
    attentionSoftcap: null,
    logitSoftcap: null,
    queryKeyNorm: false,
    parallelResidual: false,
    tiedEmbeddings: false,
    attentionBias: false,
    attentionOutputBias: false,
    mlpBias: false,
    activation: 'silu',
  });
});

test('both spellings of rope', async () => {
  const v4 = { rope_theta: 500, rope_scaling: null };
  const v5 = { rope_theta: undefined, rope_parameters: { rope_theta: 500, rope_type: 'default' } };
  const old = { rope_theta: 500, rope_scaling: { type: 'default' } };
  const both = { rope_theta: 500, rope_parameters: { rope_theta: 500, rope_type: 'default' } };
  for (const rope of [v4, v5, old, both]) expect((await architecture(rope)).rope?.theta).toBe(500);
  expect((await open(without('rope_theta'))).architecture.rope?.theta).toBe(10000);
});

test('what may be absent', async () => {
  expect((await architecture({ head_dim: null })).headSize).toBe(4);
  expect((await open(without('rms_norm_eps'))).architecture.normEpsilon).toBe(1e-6);
  expect((await open(without('hidden_act'))).architecture.activation).toBe('silu');
  expect((await open(without('max_position_embeddings'))).architecture.contextLength).toBe(2048);
  // Without num_key_value_heads every query head has its own: here the key projection is too small for that.
  expect(await caught(open(without('num_key_value_heads')))).toMatchObject({
    code: 'tensor-shape',
    details: { tensor: 'model.layers.0.self_attn.k_proj.weight', expected: [8, 8], actual: [4, 8] },
  });
});

test('tied embeddings need no output layer, and may have a spare one', async () => {
  const tied = { ...tinyConfig, tie_word_embeddings: true };
  expect((await open(tied, tinyTensors().slice(0, -1))).architecture.tiedEmbeddings).toBe(true);
  await open(tied);
  const error = await caught(open(tinyConfig, tinyTensors().slice(0, -1)));
  expect(error).toMatchObject({
    code: 'missing-tensor',
    details: { path: 'model.safetensors', tensor: 'lm_head.weight' },
  });
});

test('biases', async () => {
  const biases = (prefix: string, list: [string, number][]): PlainTensor[] =>
    list.map(([name, size]) => ({
      name: `model.layers.0.${prefix}.${name}.bias`,
      shape: [size],
      dtype: 'F32',
      bytes: float32Bytes(new Float32Array(size)),
    }));
  const attention = biases('self_attn', [
    ['q_proj', 8],
    ['k_proj', 4],
    ['v_proj', 4],
    ['o_proj', 8],
  ]);
  const mlp = biases('mlp', [
    ['gate_proj', 12],
    ['up_proj', 12],
    ['down_proj', 8],
  ]);
  const config = { ...tinyConfig, attention_bias: true, mlp_bias: true };
  const { architecture } = await open(config, [...tinyTensors(), ...attention, ...mlp]);
  expect(architecture).toMatchObject({ attentionBias: true, mlpBias: true });
  expect((await caught(open(config, [...tinyTensors(), ...attention]))).code).toBe('missing-tensor');
  const unexpected = await caught(open(tinyConfig, [...tinyTensors(), ...attention]));
  expect(unexpected).toMatchObject({
    code: 'invalid-config',
    details: { tensor: 'model.layers.0.self_attn.q_proj.bias' },
  });
});

describe('refusals', () => {
  test.each([
    ['hidden_act', 'quick_gelu'],
    ['sliding_window', 8],
    ['rope_scaling', { rope_type: 'spiral', factor: 2 }],
    ['rope_scaling', { type: 7 }],
    ['rope_scaling', { rope_type: 'default', factor: 2 }],
    ['rope_scaling', { rope_type: 'linear', factor: 2, beta_fast: 32 }],
    ['rope_parameters', { full_attention: { rope_type: 'default' } }],
    ['partial_rotary_factor', 0.5],
    ['rope_interleaved', true],
  ])('%s: %j is not supported', async (field, value) => {
    const error = await caught(architecture({ [field]: value }));
    expect(error.code).toBe('unsupported-option');
    expect(error.message).toContain(field);
    expect(error.details).toMatchObject({ path: expect.any(String), field, option: field });
    if (typeof value !== 'object') expect(error.details.value).toBe(value);
  });

  test.each([
    ['hidden_size', undefined],
    ['hidden_size', '8'],
    ['num_hidden_layers', 0],
    ['num_attention_heads', 3],
    ['num_attention_heads', 2.5],
    ['num_key_value_heads', -1],
    ['rms_norm_eps', 0],
    ['rope_theta', Number.NaN],
    ['rope_theta', 'big'],
    ['tie_word_embeddings', 'yes'],
    ['vocab_size', 7],
    ['rope_scaling', 'linear'],
    ['rope_parameters', { rope_theta: 1 }],
    ['rope_scaling', { rope_type: 'linear' }],
    ['rope_scaling', { rope_type: 'llama3', factor: 8 }],
    ['rope_parameters', { rope_type: 'longrope', short_factor: [1], long_factor: [1, 2] }],
  ])('%s: %s is invalid', async (field, value) => {
    const error = await caught(architecture({ [field]: value }));
    expect(error.code).toBe('invalid-config');
    expect(error.details.path).toBe(field === 'vocab_size' ? 'model.safetensors' : 'config.json');
  });

  test.each([
    ['keyValueHeadCount', { num_attention_heads: 4, head_dim: 2, num_key_value_heads: 3 }],
    ['headSize', { num_attention_heads: 8, num_key_value_heads: 8 }],
  ])('%s that attention cannot use', async (field, changes) => {
    const error = await caught(architecture(changes));
    expect(error).toMatchObject({ code: 'invalid-config', details: { field } });
  });

  test('vocab_size against the embedding', async () => {
    const error = await caught(architecture({ vocab_size: 7 }));
    expect(error.details).toMatchObject({ field: 'vocab_size', value: 7, expected: 6 });
  });

  test('a wrong shape names tensor, expected and actual', async () => {
    expect(await caught(architecture({ intermediate_size: 13 }))).toMatchObject({
      code: 'tensor-shape',
      details: {
        path: 'model.safetensors',
        tensor: 'model.layers.0.mlp.gate_proj.weight',
        expected: [13, 8],
        actual: [12, 8],
      },
    });
  });

  test('two billion layers end at the first that is missing', async () => {
    const error = await caught(architecture({ num_hidden_layers: 2 ** 31 - 1 }));
    expect(error).toMatchObject({
      code: 'missing-tensor',
      details: { tensor: 'model.layers.1.input_layernorm.weight' },
    });
  });

  test('another model_type, or none, or no config', async () => {
    const bytes = () => [bytesSource(tinySafetensors(), 'model.safetensors')];
    for (const [config, architecture] of [
      [{ ...tinyConfig, model_type: 'mamba' }, 'mamba'],
      [without('model_type'), null],
    ] as const) {
      const error = await caught(openSafetensors({ config, sources: bytes() }));
      expect(error).toMatchObject({
        code: 'unknown-architecture',
        details: { architecture, known: expect.arrayContaining(['llama', 'gpt2', 'gemma3_text']) },
      });
    }
    for (const config of [null, [], 'llama', undefined, { model_type: 'llama', size: 1n }]) {
      const error = await caught(openSafetensors({ config, sources: bytes() }));
      expect(error.code).toBe('invalid-config');
    }
  });
});
