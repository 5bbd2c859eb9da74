import type { Architecture } from './architecture';
import { head, linear, rmsNorm, sizes, type TensorTable, table } from './tensor-table';

const { hidden, intermediate, query, keyValue } = sizes;
const withBias = (a: Architecture) => a.attentionBias;
const withOutputBias = (a: Architecture) => a.attentionOutputBias;
const withMlpBias = (a: Architecture) => a.mlpBias;
const normed = (a: Architecture) => a.queryKeyNorm;

/** The weights of Llama and of those that differ from it by biases and norms of queries and keys. */
export const llamaTensors: TensorTable = {
  before: [table('model.embed_tokens', 'token_embd', sizes.vocabulary, hidden)],
  layers: 'model.layers',
  layer: [
    rmsNorm('input_layernorm', 'attn_norm'),
    linear('self_attn.q_proj', 'attn_q', [query, hidden], withBias),
    linear('self_attn.k_proj', 'attn_k', [keyValue, hidden], withBias),
    linear('self_attn.v_proj', 'attn_v', [keyValue, hidden], withBias),
    { ...rmsNorm('self_attn.q_norm', 'attn_q_norm', sizes.head), when: normed },
    { ...rmsNorm('self_attn.k_norm', 'attn_k_norm', sizes.head), when: normed },
    linear('self_attn.o_proj', 'attn_output', [hidden, query], withOutputBias),
    rmsNorm('post_attention_layernorm', 'ffn_norm'),
    linear('mlp.gate_proj', 'ffn_gate', [intermediate, hidden], withMlpBias),
    linear('mlp.up_proj', 'ffn_up', [intermediate, hidden], withMlpBias),
    linear('mlp.down_proj', 'ffn_down', [hidden, intermediate], withMlpBias),
  ],
  after: [rmsNorm('model.norm', 'output_norm'), head('lm_head')],
};

/** Frequencies that older versions stored beside the weights. */
export const storedFrequencies = /^model\.layers\.\d+\.self_attn\.rotary_emb\.inv_freq$/;
