import { activationFromConfig } from './activations';
import type { Architecture } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import type { GgufReader } from './gguf-reader';
import { neutralArchitecture } from './neutral-architecture';
import { head, layerNorm, sizes, table, transposedLinear } from './tensor-table';

const { hidden, intermediate, queryKeyValue } = sizes;

/** GPT-2 (Radford et al. 2019): learned positions, LayerNorm, one product for queries, keys and values, biases everywhere. */
export const gpt2 = describeArchitecture({
  family: 'gpt2',
  modelTypes: ['gpt2'],
  ggufNames: ['gpt2'],
  prefix: 'transformer.',
  tensors: {
    before: [
      table('transformer.wte', 'token_embd', sizes.vocabulary, hidden),
      table('transformer.wpe', 'position_embd', sizes.context, hidden),
    ],
    layers: 'transformer.h',
    layer: [
      layerNorm('ln_1', 'attn_norm'),
      transposedLinear('attn.c_attn', 'attn_qkv', [queryKeyValue, hidden]),
      transposedLinear('attn.c_proj', 'attn_output', [hidden, hidden]),
      layerNorm('ln_2', 'ffn_norm'),
      transposedLinear('mlp.c_fc', 'ffn_up', [intermediate, hidden]),
      transposedLinear('mlp.c_proj', 'ffn_down', [hidden, intermediate]),
    ],
    after: [layerNorm('transformer.ln_f', 'output_norm'), head('lm_head')],
  },
  // Causal masks that older versions stored.
  spare: /^transformer\.h\.\d+\.attn\.(bias|masked_bias)$/,
  // GGUF keeps weights as [outputs, inputs], Hugging Face's GPT-2 the other way round.
  ggufForms: {
    attn_qkv: 'transposed',
    attn_output: 'transposed',
    ffn_up: 'transposed',
    ffn_down: 'transposed',
  },
  fromConfig,
  fromGguf,
});

/** What no GPT-2 does otherwise. */
const common = {
  ...neutralArchitecture,
  family: 'gpt2',
  norm: 'layer',
  rope: null,
  attentionBias: true,
  attentionOutputBias: true,
  mlpBias: true,
} as const;

function fromConfig(config: ConfigReader): Architecture {
  for (const field of ['scale_attn_by_inverse_layer_idx', 'reorder_and_upcast_attn', 'add_cross_attention'])
    if (config.boolean(field, false)) throw config.unsupported(field, 'false');
  const hiddenSize = config.positiveInteger('n_embd', 768);
  const headCount = config.positiveInteger('n_head', 12);
  if (hiddenSize % headCount !== 0) throw config.invalid('n_head', `a divisor of n_embd, ${hiddenSize}`);
  const headSize = hiddenSize / headCount;
  return checkHeads(config.path, {
    ...common,
    vocabSize: config.positiveInteger('vocab_size', 50257),
    hiddenSize,
    intermediateSize: config.positiveInteger('n_inner', 4 * hiddenSize),
    layerCount: config.positiveInteger('n_layer', 12),
    headCount,
    keyValueHeadCount: headCount,
    headSize,
    contextLength: config.positiveInteger('n_positions', 1024),
    normEpsilon: config.positiveNumber('layer_norm_epsilon', 1e-5),
    attentionScale: config.boolean('scale_attn_weights', true) ? 1 / Math.sqrt(headSize) : 1,
    tiedEmbeddings: config.boolean('tie_word_embeddings', true),
    activation: activationFromConfig(config, 'activation_function', 'gelu_new'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  return checkHeads(metadata.path, {
    ...common,
    ...sizes,
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_epsilon')),
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
    activation: 'gelu-tanh',
  });
}
