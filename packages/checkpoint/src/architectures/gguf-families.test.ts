import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { openGguf } from '../gguf/open-gguf';
import { openSafetensors } from '../safetensors/open-safetensors';
import { bytesSource } from '../source/bytes-source';
import { caught } from '../testing/caught';
import { type GgufValue, writeGguf } from '../testing/write-gguf';
import { float32Bytes, writeSafetensors } from '../testing/write-safetensors';
import type { Architecture } from './architecture';
import { configReader } from './config-reader';
import { findArchitecture } from './known-architectures';

const sizes = {
  vocab_size: 10,
  hidden_size: 16,
  intermediate_size: 12,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 32,
};
const llamaKeys: Record<string, GgufValue> = {
  context_length: ['uint32', 32],
  embedding_length: ['uint32', 16],
  block_count: ['uint32', 2],
  feed_forward_length: ['uint32', 12],
  'attention.head_count': ['uint32', 4],
  'attention.head_count_kv': ['uint32', 2],
  'attention.layer_norm_rms_epsilon': ['float32', 2 ** -18],
};
const epsilon = { rms_norm_eps: 2 ** -18 };
const { 'attention.head_count_kv': _, 'attention.layer_norm_rms_epsilon': __, ...plainKeys } = llamaKeys;
const layerNormKeys = { ...plainKeys, 'attention.layer_norm_epsilon': ['float32', 2 ** -18] as const };

/** What llama.cpp's converter makes of a tensor: the new name, and its values in a new order. */
type Conversion = readonly [
  gguf: string,
  change?: (values: Float32Array, shape: readonly number[]) => number[],
];

const transposed = (values: Float32Array, [rows = 1, columns = 1]: readonly number[]) =>
  columns === 1
    ? [...values]
    : Array.from({ length: columns }, (_, column) =>
        Array.from({ length: rows }, (_, row) => values[row * columns + column]!),
      ).flat();
const plusOne = (values: Float32Array) => Array.from(values, (value) => value + 1);
/** [heads, 3, size, …] → [3, heads, size, …] */
const byRole = (values: Float32Array, [rows = 1, columns = 1]: readonly number[]) =>
  [0, 1, 2].flatMap((role) =>
    [0, 1, 2, 3].flatMap((head) => {
      const length = (rows / 12) * columns;
      return [...values.subarray((head * 3 + role) * length, (head * 3 + role + 1) * length)];
    }),
  );

interface Family {
  readonly config: Record<string, unknown>;
  readonly keys: Record<string, GgufValue>;
  readonly conversions: Record<string, Conversion>;
  /** Small tensors that only the GGUF file has. */
  readonly factors?: Record<string, readonly number[]>;
}

const llamaNames = (norms: (name: string) => Conversion = (name) => [name]): Record<string, Conversion> => ({
  'model.embed_tokens': ['token_embd'],
  input_layernorm: norms('attn_norm'),
  'self_attn.q_proj': ['attn_q'],
  'self_attn.k_proj': ['attn_k'],
  'self_attn.v_proj': ['attn_v'],
  'self_attn.q_norm': norms('attn_q_norm'),
  'self_attn.k_norm': norms('attn_k_norm'),
  'self_attn.o_proj': ['attn_output'],
  post_attention_layernorm: norms('ffn_norm'),
  'mlp.gate_proj': ['ffn_gate'],
  'mlp.up_proj': ['ffn_up'],
  'mlp.down_proj': ['ffn_down'],
  'model.norm': norms('output_norm'),
  lm_head: ['output'],
});
const gemmaNames = {
  ...llamaNames((name) => [name, plusOne]),
  post_attention_layernorm: ['post_attention_norm', plusOne],
  pre_feedforward_layernorm: ['ffn_norm', plusOne],
  post_feedforward_layernorm: ['post_ffw_norm', plusOne],
} as const;
const gemmaSizes = { head_dim: 8, query_pre_attn_scalar: 8, tie_word_embeddings: true };
const gemmaKeys = {
  ...llamaKeys,
  'attention.key_length': ['uint32', 8],
  'attention.value_length': ['uint32', 8],
  'attention.sliding_window': ['uint32', 7],
} as const;

const families: Record<string, Family> = {
  qwen2: {
    config: { ...sizes, ...epsilon, rope_theta: 1e6, tie_word_embeddings: true },
    keys: { ...llamaKeys, 'rope.freq_base': ['float32', 1e6] },
    conversions: llamaNames(),
  },
  qwen3: {
    config: { ...sizes, ...epsilon, head_dim: 6, rope_theta: 1e6, tie_word_embeddings: false },
    keys: {
      ...llamaKeys,
      'attention.key_length': ['uint32', 6],
      'attention.value_length': ['uint32', 6],
      'rope.freq_base': ['float32', 1e6],
    },
    conversions: llamaNames(),
  },
  gpt2: {
    config: {
      vocab_size: 10,
      n_embd: 16,
      n_inner: 12,
      n_layer: 2,
      n_head: 4,
      n_positions: 32,
      layer_norm_epsilon: 2 ** -18,
    },
    keys: layerNormKeys,
    conversions: {
      'transformer.wte': ['token_embd'],
      'transformer.wpe': ['position_embd'],
      ln_1: ['attn_norm'],
      'attn.c_attn': ['attn_qkv', transposed],
      'attn.c_proj': ['attn_output', transposed],
      ln_2: ['ffn_norm'],
      'mlp.c_fc': ['ffn_up', transposed],
      'mlp.c_proj': ['ffn_down', transposed],
      'transformer.ln_f': ['output_norm'],
    },
  },
  gpt_neox: {
    config: { ...sizes, rotary_pct: 0.5, layer_norm_eps: 2 ** -18, use_parallel_residual: false },
    keys: {
      ...layerNormKeys,
      'rope.dimension_count': ['uint32', 2],
      use_parallel_residual: ['bool', false],
    },
    conversions: {
      'gpt_neox.embed_in': ['token_embd'],
      input_layernorm: ['attn_norm'],
      'attention.query_key_value': ['attn_qkv', byRole],
      'attention.dense': ['attn_output'],
      post_attention_layernorm: ['ffn_norm'],
      'mlp.dense_h_to_4h': ['ffn_up'],
      'mlp.dense_4h_to_h': ['ffn_down'],
      'gpt_neox.final_layer_norm': ['output_norm'],
      embed_out: ['output'],
    },
  },
  phi3: {
    config: {
      ...sizes,
      ...epsilon,
      original_max_position_embeddings: 16,
      sliding_window: 9,
      rope_scaling: { type: 'su', short_factor: [1, 1.5], long_factor: [2, 4] },
    },
    keys: {
      ...llamaKeys,
      'rope.dimension_count': ['uint32', 4],
      'rope.scaling.original_context_length': ['uint32', 16],
      'rope.scaling.attn_factor': ['float32', Math.sqrt(1 + Math.log(2) / Math.log(16))],
      'attention.sliding_window': ['uint32', 9],
    },
    factors: { rope_factors_short: [1, 1.5], rope_factors_long: [2, 4] },
    conversions: {
      ...llamaNames(),
      'self_attn.qkv_proj': ['attn_qkv'],
      'mlp.gate_up_proj': ['ffn_up'],
    },
  },
  gemma2: {
    config: {
      ...sizes,
      ...epsilon,
      ...gemmaSizes,
      sliding_window: 7,
      attn_logit_softcapping: 50,
      final_logit_softcapping: 30,
    },
    keys: {
      ...gemmaKeys,
      attn_logit_softcapping: ['float32', 50],
      final_logit_softcapping: ['float32', 30],
    },
    conversions: gemmaNames,
  },
  gemma3_text: {
    config: {
      ...sizes,
      ...epsilon,
      ...gemmaSizes,
      sliding_window: 7,
      rope_theta: 1e6,
      rope_local_base_freq: 10000,
      rope_scaling: { rope_type: 'linear', factor: 8 },
    },
    keys: {
      ...gemmaKeys,
      'rope.freq_base': ['float32', 1e6],
      'rope.scaling.type': ['string', 'linear'],
      'rope.scaling.factor': ['float32', 8],
    },
    conversions: gemmaNames,
  },
};

const ggufNames: Record<string, string> = { gpt_neox: 'gptneox', gemma3_text: 'gemma3' };

/** The same weights as a folder has them and as llama.cpp's converter writes them. */
async function both(name: string): Promise<{ folder: Checkpoint; gguf: Checkpoint }> {
  const { config, keys, conversions, factors = {} } = families[name]!;
  const whole = { ...config, model_type: name };
  const description = findArchitecture('modelTypes', name, 'config.json');
  const architecture = description.fromConfig(configReader(whole, 'config.json'));
  const tensors = [...description.requiredTensors(architecture)].map((tensor, index) => {
    const length = tensor.shape.reduce((product, size) => product * size, 1);
    return { ...tensor, values: Float32Array.from({ length }, (_, i) => index + i / 2048) };
  });
  const folder = writeSafetensors(
    tensors.map((each) => ({ ...each, dtype: 'F32', bytes: float32Bytes(each.values) })),
  );
  const prefix = ggufNames[name] ?? name;
  const gguf = writeGguf({
    metadata: {
      'general.architecture': ['string', prefix],
      ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${prefix}.${key}`, value])),
    },
    tensors: [
      ...Object.entries(factors).map(([factor, values]) => ({
        name: `${factor}.weight`,
        shape: [values.length],
        type: 0,
        bytes: float32Bytes(values),
      })),
      ...tensors.map(({ name: tensor, shape, values }) => {
        const [, layer, module = '', kind = ''] = /^(?:.*?\.(\d+)\.)?(.*)\.(weight|bias)$/.exec(tensor)!;
        const [converted, change] = conversions[module]!;
        const turned = change === transposed && kind === 'weight';
        return {
          name: `${layer === undefined ? '' : `blk.${layer}.`}${converted}.${kind}`,
          shape: turned ? [...shape].reverse() : shape,
          type: 0,
          bytes: float32Bytes(change ? change(values, shape) : values),
        };
      }),
    ],
  });
  return {
    folder: await openSafetensors({ config: whole, sources: [bytesSource(folder, 'model.safetensors')] }),
    gguf: await openGguf(bytesSource(gguf, 'model.gguf')),
  };
}

describe.each(Object.keys(families))('%s', (name) => {
  test('a GGUF file is the same model as the folder', async () => {
    const { folder, gguf } = await both(name);
    expect(withoutRounding(gguf.architecture)).toEqual(withoutRounding(folder.architecture));
    expect([...gguf.tensors.keys()].sort()).toEqual([...folder.tensors.keys()].sort());
    for (const [tensor, { shape }] of folder.tensors) {
      expect(gguf.tensors.get(tensor)!.shape, tensor).toEqual(shape);
      expect(await gguf.read(tensor), tensor).toEqual(await folder.read(tensor));
    }
  });
});

/** GGUF keeps 32-bit floats. */
const withoutRounding = (architecture: Architecture): unknown =>
  JSON.parse(JSON.stringify(architecture), (_, value) =>
    typeof value === 'number' ? Math.fround(value) : value,
  );

test('transposed tensors keep their stored form beside', async () => {
  const { gguf } = await both('gpt2');
  const name = 'transformer.h.0.mlp.c_fc.weight';
  const info = gguf.tensors.get(name)!;
  expect(info).toMatchObject({ shape: [16, 12], parts: [{ name: 'blk.0.ffn_up.weight', shape: [12, 16] }] });
  expect((await gguf.readBytes('blk.0.ffn_up.weight')).length).toBe(info.byteLength);
  expect(await caught(gguf.readBytes(name))).toMatchObject({ code: 'unsupported-dtype' });
});
