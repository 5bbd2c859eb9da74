import { activationFromConfig } from './activations';
import type { Architecture } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { configSizes } from './config-sizes';
import { contextLengthOf } from './context-length';
import { gemmaForms, gemmaTensors } from './gemma-tensors';
import type { GgufReader } from './gguf-reader';
import { neutralArchitecture } from './neutral-architecture';
import { ropeFromConfig } from './rope-from-config';
import { ropeFromGguf } from './rope-from-gguf';
import { slidingLayers, slidingWindow } from './sliding-layers';

/** Gemma 2 (Gemma Team 2024, arXiv:2408.00118): norms on both sides, soft caps, every other layer with a window. */
export const gemma2 = describeArchitecture({
  family: 'gemma2',
  modelTypes: ['gemma2'],
  ggufNames: ['gemma2'],
  prefix: 'model.',
  tensors: gemmaTensors,
  ggufForms: gemmaForms,
  fromConfig,
  fromGguf,
});

const everyOther = [true, false];
const common = {
  ...neutralArchitecture,
  family: 'gemma2',
  normOffset: 1,
  activation: 'gelu-tanh',
} as const;

function fromConfig(config: ConfigReader): Architecture {
  if (config.boolean('use_bidirectional_attention', false))
    throw config.unsupported('use_bidirectional_attention', 'false');
  const sizes = configSizes(config, { contextLength: 8192, headSize: 256 });
  const rope = ropeFromConfig(config, sizes);
  // Absent means the default, null means none.
  const cap = (field: string, fallback: number) =>
    config.has(field) && config.value(field) === undefined ? null : config.positiveNumber(field, fallback);
  const attentionBias = config.boolean('attention_bias', false);
  return checkHeads(config.path, {
    ...common,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope,
    slidingWindow: slidingWindow(
      config.positiveInteger('sliding_window', 4096),
      slidingLayers(config) ?? everyOther,
    ),
    embeddingScale: Math.sqrt(sizes.hiddenSize),
    attentionScale: 1 / Math.sqrt(config.positiveNumber('query_pre_attn_scalar', 256)),
    attentionSoftcap: cap('attn_logit_softcapping', 50),
    logitSoftcap: cap('final_logit_softcapping', 30),
    tiedEmbeddings: config.boolean('tie_word_embeddings', true),
    attentionBias,
    attentionOutputBias: attentionBias,
    activation: activationFromConfig(config, 'hidden_activation', 'gelu_pytorch_tanh'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  const rope = ropeFromGguf(gguf);
  // The 27B model scales by the width of a head in the hidden states, as llama.cpp knows by its layers.
  const scaled = sizes.layerCount === 46 ? sizes.hiddenSize / sizes.headCount : sizes.headSize;
  return checkHeads(metadata.path, {
    ...common,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_rms_epsilon')),
    rope,
    slidingWindow: slidingWindow(metadata.positiveInteger(key('attention.sliding_window'), 4096), everyOther),
    embeddingScale: Math.sqrt(sizes.hiddenSize),
    attentionScale: 1 / Math.sqrt(scaled),
    attentionSoftcap: metadata.positiveNumber(key('attn_logit_softcapping'), 50),
    logitSoftcap: metadata.positiveNumber(key('final_logit_softcapping'), 30),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
  });
}
