import type { Architecture } from './architecture';

const whole: ReadonlyMap<string, string> = new Map([
  ['token_embd.weight', 'model.embed_tokens.weight'],
  ['output_norm.weight', 'model.norm.weight'],
  ['output.weight', 'lm_head.weight'],
]);

const perLayer: ReadonlyMap<string, string> = new Map([
  ['attn_norm', 'input_layernorm'],
  ['attn_q', 'self_attn.q_proj'],
  ['attn_k', 'self_attn.k_proj'],
  ['attn_v', 'self_attn.v_proj'],
  ['attn_output', 'self_attn.o_proj'],
  ['ffn_norm', 'post_attention_layernorm'],
  ['ffn_gate', 'mlp.gate_proj'],
  ['ffn_up', 'mlp.up_proj'],
  ['ffn_down', 'mlp.down_proj'],
]);

const layerTensor = /^blk\.(0|[1-9]\d{0,8})\.([a-z_]+)\.(weight|bias)$/;

/** Hugging Face's name of a tensor of a Llama GGUF, e.g. `blk.0.attn_q.weight` → `model.layers.0.self_attn.q_proj.weight`. */
export function llamaGgufName(name: string): string | undefined {
  const match = layerTensor.exec(name);
  if (!match) return whole.get(name);
  const part = perLayer.get(match[2]!);
  return part && `model.layers.${match[1]}.${part}.${match[3]}`;
}

/**
 * llama.cpp's rope pairs neighbouring dimensions, Hugging Face's pairs the halves of a head, so converted
 * Llamas have the rows of the query and key projections interleaved within every head.
 */
export function llamaInterleavedHeads(name: string, architecture: Architecture): number | undefined {
  const part = layerTensor.exec(name)?.[2];
  if (part === 'attn_q') return architecture.headCount;
  if (part === 'attn_k') return architecture.keyValueHeadCount;
  return undefined;
}
