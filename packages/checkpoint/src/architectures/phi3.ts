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
import { slidingWindow } from './sliding-layers';
import { head, linear, rmsNorm, sizes, table } from './tensor-table';

const { hidden, intermediate, query, queryKeyValue, twoIntermediate } = sizes;

/** Phi-3 and Phi-4 mini (Abdin et al. 2024, arXiv:2404.14219): Llama with joined projections, LongRoPE, a sliding window. */
export const phi3 = describeArchitecture({
  family: 'phi3',
  modelTypes: ['phi3'],
  ggufNames: ['phi3'],
  prefix: 'model.',
  tensors: {
    before: [table('model.embed_tokens', 'token_embd', sizes.vocabulary, hidden)],
    layers: 'model.layers',
    layer: [
      rmsNorm('input_layernorm', 'attn_norm'),
      linear('self_attn.qkv_proj', 'attn_qkv', [queryKeyValue, hidden]),
      linear('self_attn.o_proj', 'attn_output', [hidden, query]),
      rmsNorm('post_attention_layernorm', 'ffn_norm'),
      linear('mlp.gate_up_proj', 'ffn_up', [twoIntermediate, hidden]),
      linear('mlp.down_proj', 'ffn_down', [hidden, intermediate]),
    ],
    after: [rmsNorm('model.norm', 'output_norm'), head('lm_head')],
  },
  fromConfig,
  fromGguf,
});

function fromConfig(config: ConfigReader): Architecture {
  const sizes = configSizes(config, { contextLength: 4096 });
  // Early versions called LongRoPE "su", and "yarn".
  const rope = ropeFromConfig(config, {
    ...sizes,
    partial: { fraction: 1, field: 'partial_rotary_factor' },
    aliases: { su: 'longrope', yarn: 'longrope' },
  });
  const windowed = config.value('sliding_window') !== undefined;
  return checkHeads(config.path, {
    ...neutralArchitecture,
    ...sizes,
    family: 'phi3',
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-5),
    rope,
    slidingWindow: windowed ? slidingWindow(config.positiveInteger('sliding_window'), [true]) : null,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    activation: activationFromConfig(config, 'hidden_act', 'silu'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  const rope = ropeFromGguf(gguf, { partial: true });
  const window = key('attention.sliding_window');
  const windowed = (metadata.value(window) ?? 0) !== 0;
  return checkHeads(metadata.path, {
    ...neutralArchitecture,
    ...sizes,
    family: 'phi3',
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_rms_epsilon')),
    rope,
    slidingWindow: windowed ? slidingWindow(metadata.positiveInteger(window), [true]) : null,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
  });
}
