import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tinyModelPath } from '@nexttoken/tiny-models/node';

const [vocabSize, hidden, middle, headSize] = [3072, 16, 24, 8];

const config = {
  model_type: 'phi3',
  architectures: ['Phi3ForCausalLM'],
  vocab_size: vocabSize,
  hidden_size: hidden,
  intermediate_size: middle,
  num_hidden_layers: 1,
  num_attention_heads: hidden / headSize,
  num_key_value_heads: hidden / headSize,
  max_position_embeddings: 64,
  original_max_position_embeddings: 16,
  rope_scaling: { type: 'longrope', short_factor: [1, 1, 1, 1], long_factor: [1, 2, 4, 8] },
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  hidden_act: 'silu',
  tie_word_embeddings: false,
};

const shapes: Readonly<Record<string, readonly number[]>> = {
  'model.embed_tokens.weight': [vocabSize, hidden],
  'model.layers.0.self_attn.qkv_proj.weight': [3 * hidden, hidden],
  'model.layers.0.self_attn.o_proj.weight': [hidden, hidden],
  'model.layers.0.mlp.gate_up_proj.weight': [2 * middle, hidden],
  'model.layers.0.mlp.down_proj.weight': [hidden, middle],
  'model.layers.0.input_layernorm.weight': [hidden],
  'model.layers.0.post_attention_layernorm.weight': [hidden],
  'model.norm.weight': [hidden],
  'lm_head.weight': [vocabSize, hidden],
};

/** Writes a Phi-3 of one layer, made of sines, with rotary factors for 16 and for 64 positions. */
export async function writePhi3(folder: string): Promise<void> {
  let offset = 0;
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const begin = offset;
    offset += 4 * shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const values = Float32Array.from({ length: offset / 4 }, (_, i) => Math.sin(i * i + 1));
  await writeFile(
    join(folder, 'model.safetensors'),
    Buffer.concat([length, header, Buffer.from(values.buffer)]),
  );
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    await cp(join(tinyModelPath('tales'), name), join(folder, name));
}
