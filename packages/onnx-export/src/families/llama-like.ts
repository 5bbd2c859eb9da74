import type { DecoderFamily } from './decoder-family';

/** Llama (Touvron et al. 2023, arXiv:2302.13971), Mistral, Qwen2 and Qwen3: one set of names. */
export const llamaLike: DecoderFamily = {
  embedding: 'model.embed_tokens',
  layers: 'model.layers',
  attentionNorm: 'input_layernorm',
  queryKeyValue: { query: 'self_attn.q_proj', key: 'self_attn.k_proj', value: 'self_attn.v_proj' },
  queryNorm: 'self_attn.q_norm',
  keyNorm: 'self_attn.k_norm',
  attentionOutput: 'self_attn.o_proj',
  mlpNorm: 'post_attention_layernorm',
  mlp: { gate: 'mlp.gate_proj', up: 'mlp.up_proj', down: 'mlp.down_proj' },
  finalNorm: 'model.norm',
  head: 'lm_head',
};
