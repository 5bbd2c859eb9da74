import type { GgufFile, GgufValue } from './write-gguf';
import { writeGguf } from './write-gguf';
import { float32Bytes, type PlainTensor, writeSafetensors } from './write-safetensors';

/** Sizes of the test model: 1 layer, 2 query heads on 1 key-value head, head size 4. */
export const tinyConfig = {
  model_type: 'llama',
  vocab_size: 6,
  hidden_size: 8,
  intermediate_size: 12,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  max_position_embeddings: 16,
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  hidden_act: 'silu',
  tie_word_embeddings: false,
};

const shapes: readonly (readonly [name: string, gguf: string, shape: readonly number[], heads?: number])[] = [
  ['model.embed_tokens.weight', 'token_embd.weight', [6, 8]],
  ['model.layers.0.input_layernorm.weight', 'blk.0.attn_norm.weight', [8]],
  ['model.layers.0.self_attn.q_proj.weight', 'blk.0.attn_q.weight', [8, 8], 2],
  ['model.layers.0.self_attn.k_proj.weight', 'blk.0.attn_k.weight', [4, 8], 1],
  ['model.layers.0.self_attn.v_proj.weight', 'blk.0.attn_v.weight', [4, 8]],
  ['model.layers.0.self_attn.o_proj.weight', 'blk.0.attn_output.weight', [8, 8]],
  ['model.layers.0.post_attention_layernorm.weight', 'blk.0.ffn_norm.weight', [8]],
  ['model.layers.0.mlp.gate_proj.weight', 'blk.0.ffn_gate.weight', [12, 8]],
  ['model.layers.0.mlp.up_proj.weight', 'blk.0.ffn_up.weight', [12, 8]],
  ['model.layers.0.mlp.down_proj.weight', 'blk.0.ffn_down.weight', [8, 12]],
  ['model.norm.weight', 'output_norm.weight', [8]],
  ['lm_head.weight', 'output.weight', [6, 8]],
];

const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** The values of every tensor, all different; whole numbers, so exact in every dtype. */
export const tinyValues: ReadonlyMap<string, Float32Array> = new Map(
  shapes.map(([name, , shape], i) => [
    name,
    Float32Array.from({ length: count(shape) }, (_, j) => 128 * i + j),
  ]),
);

/** The test model as safetensors entries. */
export function tinyTensors(): PlainTensor[] {
  return shapes.map(([name, , shape]) => ({
    name,
    shape,
    dtype: 'F32',
    bytes: float32Bytes(tinyValues.get(name)!),
  }));
}

export function tinySafetensors(): Uint8Array {
  return writeSafetensors(tinyTensors());
}

export const tinyMetadata: Readonly<Record<string, GgufValue>> = {
  'general.architecture': ['string', 'llama'],
  'llama.context_length': ['uint32', 16],
  'llama.embedding_length': ['uint32', 8],
  'llama.block_count': ['uint32', 1],
  'llama.feed_forward_length': ['uint32', 12],
  'llama.rope.dimension_count': ['uint32', 4],
  'llama.attention.head_count': ['uint32', 2],
  'llama.attention.head_count_kv': ['uint32', 1],
  'llama.attention.layer_norm_rms_epsilon': ['float32', 2 ** -16],
  'tokenizer.ggml.tokens': ['string[]', ['a', 'b', '\uFEFF', 'ü', '', '𝄞']],
};

/** The test model as a GGUF file's parts, query and key rows interleaved per head as llama.cpp stores them. */
export function tinyGgufFile(): GgufFile {
  const tensors = shapes.map(([name, gguf, shape, heads]) => {
    const values = tinyValues.get(name)!;
    return {
      name: gguf,
      shape,
      type: 0,
      bytes: float32Bytes(heads === undefined ? values : interleave(values, shape[1]!, heads)),
    };
  });
  return { metadata: tinyMetadata, tensors };
}

export function tinyGguf(changes: Partial<GgufFile> = {}): Uint8Array {
  return writeGguf({ ...tinyGgufFile(), ...changes });
}

/** Viewed as [heads, 2, half, columns], the second and third axes swapped. */
function interleave(values: Float32Array, columns: number, heads: number): number[] {
  const half = values.length / columns / heads / 2;
  const result: number[] = [];
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < half; row++) {
      for (const part of [0, 1]) {
        const from = ((head * 2 + part) * half + row) * columns;
        result.push(...values.subarray(from, from + columns));
      }
    }
  }
  return result;
}
