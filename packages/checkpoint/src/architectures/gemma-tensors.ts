import type { Architecture } from './architecture';
import type { GgufForm } from './architecture-description';
import { head, linear, rmsNorm, sizes, type TensorTable, table } from './tensor-table';

const { hidden, intermediate, query, keyValue } = sizes;
const withBias = (a: Architecture) => a.attentionBias;
const normed = (a: Architecture) => a.queryKeyNorm;

/** The weights of Gemma 2 and 3: norms before and behind both parts of a layer. */
export const gemmaTensors: TensorTable = {
  before: [table('model.embed_tokens', 'token_embd', sizes.vocabulary, hidden)],
  layers: 'model.layers',
  layer: [
    rmsNorm('input_layernorm', 'attn_norm'),
    linear('self_attn.q_proj', 'attn_q', [query, hidden], withBias),
    linear('self_attn.k_proj', 'attn_k', [keyValue, hidden], withBias),
    linear('self_attn.v_proj', 'attn_v', [keyValue, hidden], withBias),
    { ...rmsNorm('self_attn.q_norm', 'attn_q_norm', sizes.head), when: normed },
    { ...rmsNorm('self_attn.k_norm', 'attn_k_norm', sizes.head), when: normed },
    linear('self_attn.o_proj', 'attn_output', [hidden, query], withBias),
    rmsNorm('post_attention_layernorm', 'post_attention_norm'),
    rmsNorm('pre_feedforward_layernorm', 'ffn_norm'),
    linear('mlp.gate_proj', 'ffn_gate', [intermediate, hidden]),
    linear('mlp.up_proj', 'ffn_up', [intermediate, hidden]),
    linear('mlp.down_proj', 'ffn_down', [hidden, intermediate]),
    rmsNorm('post_feedforward_layernorm', 'post_ffw_norm'),
  ],
  after: [rmsNorm('model.norm', 'output_norm'), head('lm_head')],
};

/** GGUF files have the one that Gemma adds to its norms' weights in them. */
export const gemmaForms: Readonly<Record<string, GgufForm>> = Object.fromEntries(
  [...gemmaTensors.layer, ...gemmaTensors.after]
    .filter(({ shape }) => shape.length === 1)
    .map(({ gguf }) => [gguf, 'plus-one']),
);
