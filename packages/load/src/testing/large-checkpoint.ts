import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Sizes of a Llama of 1.29 billion numbers: 2.57 GB in half precision. */
export const largeConfig = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  vocab_size: 32000,
  hidden_size: 2048,
  intermediate_size: 8192,
  num_hidden_layers: 19,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 256,
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  hidden_act: 'silu',
  tie_word_embeddings: false,
  torch_dtype: 'float16',
};

const { vocab_size: rows, hidden_size: width, intermediate_size: inner } = largeConfig;
const keys = (width / 32) * 8;

const layer: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ['input_layernorm', [width]],
  ['self_attn.q_proj', [width, width]],
  ['self_attn.k_proj', [keys, width]],
  ['self_attn.v_proj', [keys, width]],
  ['self_attn.o_proj', [width, width]],
  ['post_attention_layernorm', [width]],
  ['mlp.gate_proj', [inner, width]],
  ['mlp.up_proj', [inner, width]],
  ['mlp.down_proj', [width, inner]],
];

/** One of the sixteen numbers that embedding and output layer are made of; all are exact in half precision. */
export function largeValue(row: number, column: number): number {
  return ((row * 7 + column * 3 + (row >> 5)) % 16) / 8 - 1;
}

/**
 * Writes a checkpoint of 2.57 GB whose layers are holes in the file, all zero: the hidden state stays the embedding. So
 * what it computes is known: `logits[v] = head[v] · embedding[id] / rms(embedding[id])`.
 */
export async function writeLargeCheckpoint(folder: string): Promise<void> {
  const names: (readonly [name: string, shape: readonly number[]])[] = [
    ['model.embed_tokens.weight', [rows, width]],
  ];
  for (let index = 0; index < largeConfig.num_hidden_layers; index++)
    for (const [name, shape] of layer) names.push([`model.layers.${index}.${name}.weight`, shape]);
  names.push(['model.norm.weight', [width]], ['lm_head.weight', [rows, width]]);
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, shape] of names) {
    const bytes = shape.reduce((product, size) => product * size, 2);
    header[name] = { dtype: 'F16', shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(8 + text.length);
  new DataView(start.buffer).setBigUint64(0, BigInt(text.length), true);
  start.set(text, 8);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(largeConfig));
  const file = await open(join(folder, 'model.safetensors'), 'w');
  try {
    await file.write(start, 0, start.length, 0);
    await file.truncate(start.length + end);
    const table = halfTable();
    await file.write(table, 0, table.length, start.length);
    await file.write(table, 0, table.length, start.length + end - table.length);
    const ones = new Uint8Array(Uint16Array.from({ length: width }, () => 0x3c00).buffer);
    await file.write(ones, 0, ones.length, start.length + end - table.length - ones.length);
  } finally {
    await file.close();
  }
}

/** `largeValue` for every row and column, as half-precision numbers. */
function halfTable(): Uint8Array {
  const bits = new Map<number, number>();
  for (let sixteenth = 0; sixteenth < 16; sixteenth++)
    bits.set(sixteenth / 8 - 1, halfBits(sixteenth / 8 - 1));
  const table = new Uint16Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++)
      table[row * width + column] = bits.get(largeValue(row, column))!;
  return new Uint8Array(table.buffer);
}

/** The bits of a multiple of 1/8 in [-1, 1]. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}
