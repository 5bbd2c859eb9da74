import { activationFromConfig } from './activations';
import type { Architecture } from './architecture';
import { describeArchitecture } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { configSizes } from './config-sizes';
import { contextLengthOf } from './context-length';
import { llama } from './llama';
import { llamaTensors, storedFrequencies } from './llama-tensors';
import { neutralArchitecture } from './neutral-architecture';
import { ropeFromConfig } from './rope-from-config';
import { slidingLayers, slidingWindow } from './sliding-layers';

/** Mistral 7B (Jiang et al. 2023, arXiv:2310.06825): Llama with a sliding window. Its GGUF files call themselves llama. */
export const mistral = describeArchitecture({
  family: 'mistral',
  modelTypes: ['mistral'],
  ggufNames: [],
  prefix: 'model.',
  tensors: llamaTensors,
  spare: storedFrequencies,
  fromConfig,
  fromGguf: llama.fromGguf,
});

function fromConfig(config: ConfigReader): Architecture {
  const sizes = configSizes(config, { contextLength: 131072 });
  const rope = ropeFromConfig(config, sizes);
  // Absent means 4096, null means none.
  const windowed = config.value('sliding_window') !== undefined || !config.has('sliding_window');
  const layers = slidingLayers(config) ?? [windowed];
  if (layers.some((sliding) => sliding !== windowed))
    throw config.unsupported('layer_types', 'the same in all layers');
  return checkHeads(config.path, {
    ...neutralArchitecture,
    ...sizes,
    family: 'mistral',
    contextLength: contextLengthOf(sizes.contextLength, rope),
    normEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope,
    slidingWindow: slidingWindow(windowed ? config.positiveInteger('sliding_window', 4096) : 1, [windowed]),
    attentionScale: 1 / Math.sqrt(sizes.headSize),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    activation: activationFromConfig(config, 'hidden_act', 'silu'),
  });
}
