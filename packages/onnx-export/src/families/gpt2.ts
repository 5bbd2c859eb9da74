import type { DecoderFamily } from './decoder-family';

/** GPT-2 (Radford et al. 2019). */
export const gpt2: DecoderFamily = {
  embedding: 'transformer.wte',
  positions: 'transformer.wpe',
  layers: 'transformer.h',
  attentionNorm: 'ln_1',
  queryKeyValue: { joined: 'attn.c_attn', rows: 'by-role' },
  attentionOutput: 'attn.c_proj',
  mlpNorm: 'ln_2',
  mlp: { up: 'mlp.c_fc', down: 'mlp.c_proj' },
  finalNorm: 'transformer.ln_f',
  head: 'lm_head',
  transposed: true,
};
