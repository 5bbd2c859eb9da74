import { activationFromConfig } from './activations';
import type { Architecture } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { configSizes } from './config-sizes';
import { contextLengthOf } from './context-length';
import { type GgufReader, refuseWindow } from './gguf-reader';
import { llamaTensors, storedFrequencies } from './llama-tensors';
import { neutralArchitecture } from './neutral-architecture';
import { ropeFromConfig } from './rope-from-config';
import { ropeFromGguf } from './rope-from-gguf';

/** The Llama family (Touvron et al. 2023), with grouped-query attention (Ainslie et al. 2023). */
export const llama = describeArchitecture({
  family: 'llama',
  modelTypes: ['llama'],
  ggufNames: ['llama'],
  prefix: 'model.',
  tensors: llamaTensors,
  spare: storedFrequencies,
  // llama.cpp's rope pairs neighbouring dimensions, Hugging Face's the halves of a head.
  ggufForms: { attn_q: 'interleaved-queries', attn_k: 'interleaved-keys' },
  fromConfig,
  fromGguf,
});

function fromConfig(config: ConfigReader): Architecture {
  if (config.value('sliding_window') !== undefined) throw config.unsupported('sliding_window', 'null');
  const sizes = configSizes(config, { contextLength: 2048 });
  const rope = ropeFromConfig(config, sizes);
  const attentionBias = config.boolean('attention_bias', false);
  return checkHeads(config.path, {
    ...neutralArchitecture,
    ...sizes,
    family: 'llama',
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    attentionBias,
    attentionOutputBias: attentionBias,
    mlpBias: config.boolean('mlp_bias', false),
    activation: activationFromConfig(config, 'hidden_act', 'silu'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  refuseWindow(gguf);
  const rope = ropeFromGguf(gguf);
  return checkHeads(metadata.path, {
    ...neutralArchitecture,
    ...sizes,
    family: 'llama',
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_rms_epsilon')),
    rope,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
    attentionBias: gguf.has('model.layers.0.self_attn.q_proj.bias'),
    attentionOutputBias: gguf.has('model.layers.0.self_attn.o_proj.bias'),
    mlpBias: gguf.has('model.layers.0.mlp.gate_proj.bias'),
  });
}
