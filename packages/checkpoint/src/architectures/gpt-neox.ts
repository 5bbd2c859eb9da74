import { activationFromConfig } from './activations';
import type { Architecture } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { configSizes } from './config-sizes';
import { contextLengthOf } from './context-length';
import type { GgufReader } from './gguf-reader';
import { neutralArchitecture } from './neutral-architecture';
import { ropeFromConfig } from './rope-from-config';
import { ropeFromGguf } from './rope-from-gguf';
import { head, layerNorm, linear, sizes, table } from './tensor-table';

const { hidden, intermediate, queryKeyValue } = sizes;
const withBias = (a: Architecture) => a.attentionBias;

/**
 * GPT-NeoX (Black et al. 2022, arXiv:2204.06745) and Pythia: a part of each head is rotated, attention and feed-forward
 * part stand side by side. The rows of `query_key_value` are those of head 0's query, key and value, then of head 1's, ….
 */
export const gptNeox = describeArchitecture({
  family: 'gpt_neox',
  modelTypes: ['gpt_neox'],
  ggufNames: ['gptneox'],
  prefix: 'gpt_neox.',
  tensors: {
    before: [table('gpt_neox.embed_in', 'token_embd', sizes.vocabulary, hidden)],
    layers: 'gpt_neox.layers',
    layer: [
      layerNorm('input_layernorm', 'attn_norm'),
      linear('attention.query_key_value', 'attn_qkv', [queryKeyValue, hidden], withBias),
      linear('attention.dense', 'attn_output', [hidden, hidden], withBias),
      layerNorm('post_attention_layernorm', 'ffn_norm'),
      linear('mlp.dense_h_to_4h', 'ffn_up', [intermediate, hidden], true),
      linear('mlp.dense_4h_to_h', 'ffn_down', [hidden, intermediate], true),
    ],
    after: [layerNorm('gpt_neox.final_layer_norm', 'output_norm'), head('embed_out')],
  },
  spare: /^gpt_neox\.layers\.\d+\.attention\.(bias|masked_bias|rotary_emb\.inv_freq)$/,
  ggufForms: { attn_qkv: 'by-role' },
  fromConfig,
  fromGguf,
});

const common = { ...neutralArchitecture, family: 'gpt_neox', norm: 'layer', mlpBias: true } as const;

function fromConfig(config: ConfigReader): Architecture {
  const sizes = configSizes(config, { contextLength: 2048 });
  const partial = { fraction: 0.25, field: 'rotary_pct' };
  const rope = ropeFromConfig(config, { ...sizes, thetaField: 'rotary_emb_base', partial });
  const attentionBias = config.boolean('attention_bias', true);
  return checkHeads(config.path, {
    ...common,
    ...sizes,
    keyValueHeadCount: sizes.headCount,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('layer_norm_eps', 1e-5),
    rope,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    parallelResidual: config.boolean('use_parallel_residual', true),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    attentionBias,
    attentionOutputBias: attentionBias,
    activation: activationFromConfig(config, 'hidden_act', 'gelu'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  const rope = ropeFromGguf(gguf, { partial: true });
  return checkHeads(metadata.path, {
    ...common,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_epsilon')),
    rope,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    parallelResidual: metadata.boolean(key('use_parallel_residual'), true),
    tiedEmbeddings: !gguf.has('embed_out.weight'),
    attentionBias: gguf.has('gpt_neox.layers.0.attention.query_key_value.bias'),
    attentionOutputBias: gguf.has('gpt_neox.layers.0.attention.dense.bias'),
    activation: 'gelu',
  });
}
