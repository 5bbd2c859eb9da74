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

/**
 * Gemma 3's language model (Gemma Team 2025, arXiv:2503.19786): as Gemma 2 with normed queries and keys instead of soft
 * caps; five layers with a window and a rotary embedding of their own to one without.
 */
export const gemma3 = describeArchitecture({
  family: 'gemma3',
  modelTypes: ['gemma3_text'],
  ggufNames: ['gemma3'],
  prefix: 'model.',
  tensors: gemmaTensors,
  ggufForms: gemmaForms,
  fromConfig,
  fromGguf,
});

const localTheta = 10000;
const globalTheta = 1000000;
const common = {
  ...neutralArchitecture,
  family: 'gemma3',
  normOffset: 1,
  queryKeyNorm: true,
  activation: 'gelu-tanh',
} as const;

/** One layer without a window behind as many with it; a pattern of 1 has none with it. */
const oneIn = (length: number) => Array.from({ length }, (_, layer) => layer < length - 1);

function fromConfig(config: ConfigReader): Architecture {
  if (config.boolean('use_bidirectional_attention', false))
    throw config.unsupported('use_bidirectional_attention', 'false');
  // Hugging Face's Gemma 3 reads this field and does nothing with it.
  if (config.value('attn_logit_softcapping') !== undefined)
    throw config.unsupported('attn_logit_softcapping', 'null');
  const sizes = configSizes(config, { contextLength: 131072, headSize: 256 });
  const rope = ropeFromConfig(config, { ...sizes, theta: globalTheta, layerType: 'full_attention' });
  const localRope = ropeFromConfig(config, {
    ...sizes,
    theta: localTheta,
    thetaField: 'rope_local_base_freq',
    layerType: 'sliding_attention',
  });
  const attentionBias = config.boolean('attention_bias', false);
  const capped = config.value('final_logit_softcapping') !== undefined;
  return checkHeads(config.path, {
    ...common,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope,
    localRope,
    slidingWindow: slidingWindow(
      config.positiveInteger('sliding_window', 4096),
      slidingLayers(config) ?? oneIn(patternLength(config, 'sliding_window_pattern')),
    ),
    embeddingScale: Math.sqrt(sizes.hiddenSize),
    attentionScale: 1 / Math.sqrt(config.positiveNumber('query_pre_attn_scalar', 256)),
    logitSoftcap: capped ? config.positiveNumber('final_logit_softcapping') : null,
    tiedEmbeddings: config.boolean('tie_word_embeddings', true),
    attentionBias,
    attentionOutputBias: attentionBias,
    activation: activationFromConfig(config, 'hidden_activation', 'gelu_pytorch_tanh'),
  });
}

function fromGguf(gguf: GgufReader): Architecture {
  const { metadata, key, sizes } = gguf;
  const rope = ropeFromGguf(gguf, { theta: globalTheta });
  const localRope = {
    theta: metadata.positiveNumber(key('rope.freq_base_swa'), localTheta),
    dimensions: sizes.headSize,
    scaling: null,
  };
  const window = key('attention.sliding_window');
  const windowed = metadata.value(window) !== undefined;
  const cap = key('final_logit_softcapping');
  // The 27B model scales by the width of a head in the hidden states, as llama.cpp knows by its layers.
  const scaled = sizes.layerCount === 62 ? sizes.hiddenSize / sizes.headCount : sizes.headSize;
  return checkHeads(metadata.path, {
    ...common,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_rms_epsilon')),
    rope,
    localRope,
    slidingWindow: windowed
      ? slidingWindow(
          metadata.positiveInteger(window),
          oneIn(patternLength(metadata, key('attention.sliding_window_pattern'))),
        )
      : null,
    embeddingScale: Math.sqrt(sizes.hiddenSize),
    attentionScale: 1 / Math.sqrt(scaled),
    logitSoftcap: metadata.value(cap) === undefined ? null : metadata.positiveNumber(cap),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
  });
}

function patternLength(reader: ConfigReader, field: string): number {
  const length = reader.positiveInteger(field, 6);
  if (length > 1000) throw reader.invalid(field, 'at most 1000');
  return length;
}
