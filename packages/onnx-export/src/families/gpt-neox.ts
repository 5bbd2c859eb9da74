import type { DecoderFamily } from './decoder-family';

/** GPT-NeoX (Black et al. 2022, arXiv:2204.06745) and Pythia. */
export const gptNeox: DecoderFamily = {
  embedding: 'gpt_neox.embed_in',
  layers: 'gpt_neox.layers',
  attentionNorm: 'input_layernorm',
  queryKeyValue: { joined: 'attention.query_key_value', rows: 'by-head' },
  attentionOutput: 'attention.dense',
  mlpNorm: 'post_attention_layernorm',
  mlp: { up: 'mlp.dense_h_to_4h', down: 'mlp.dense_4h_to_h' },
  finalNorm: 'gpt_neox.final_layer_norm',
  head: 'embed_out',
};
