import { activationFromConfig } from './activations';
import type { Architecture, SlidingWindow } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { configSizes } from './config-sizes';
import { contextLengthOf } from './context-length';
import { type GgufReader, refuseWindow } from './gguf-reader';
import { llamaTensors } from './llama-tensors';
import { neutralArchitecture } from './neutral-architecture';
import { ropeFromConfig } from './rope-from-config';
import { ropeFromGguf } from './rope-from-gguf';
import { slidingLayers, slidingWindow } from './sliding-layers';

/** Qwen2 and 2.5 (Yang et al. 2024, arXiv:2407.10671): Llama with biases of queries, keys and values. */
export const qwen2 = describeArchitecture({
  family: 'qwen2',
  modelTypes: ['qwen2'],
  ggufNames: ['qwen2'],
  prefix: 'model.',
  tensors: llamaTensors,
  fromConfig: (config) => qwenFromConfig(config, { family: 'qwen2', attentionBias: true }),
  fromGguf: (gguf) => qwenFromGguf(gguf, { family: 'qwen2', attentionBias: true }),
});

/** In what the generations differ. */
type QwenFacts = Pick<Architecture, 'family' | 'attentionBias'> & Partial<Architecture>;

export function qwenFromConfig(config: ConfigReader, facts: QwenFacts, headSize?: number): Architecture {
  const sizes = configSizes(config, { contextLength: 32768, ...(headSize ? { headSize } : {}) });
  const rope = ropeFromConfig(config, sizes);
  return checkHeads(config.path, {
    ...neutralArchitecture,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope,
    slidingWindow: qwenWindow(config),
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    activation: activationFromConfig(config, 'hidden_act', 'silu'),
    ...facts,
  });
}

/** Off unless `use_sliding_window`; then in the layers of `layer_types`, or from `max_window_layers` on. */
function qwenWindow(config: ConfigReader): SlidingWindow | null {
  const layers = slidingLayers(config);
  if (!config.boolean('use_sliding_window', false)) {
    if (layers?.includes(true))
      throw config.invalid('layer_types', 'full_attention only, as use_sliding_window is false');
    return null;
  }
  if (config.has('sliding_window') && config.value('sliding_window') === undefined) return null;
  const size = config.positiveInteger('sliding_window', 4096);
  if (layers) return slidingWindow(size, layers);
  const first = config.value('max_window_layers') ?? 28;
  return slidingWindow(size, [true], first === 0 ? 0 : config.positiveInteger('max_window_layers', 28));
}

export function qwenFromGguf(gguf: GgufReader, facts: QwenFacts): Architecture {
  const { metadata, key, sizes } = gguf;
  refuseWindow(gguf);
  const rope = ropeFromGguf(gguf);
  return checkHeads(metadata.path, {
    ...neutralArchitecture,
    ...sizes,
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: metadata.positiveNumber(key('attention.layer_norm_rms_epsilon')),
    rope,
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: !gguf.has('lm_head.weight'),
    ...facts,
  });
}
