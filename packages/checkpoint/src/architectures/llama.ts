import type { Architecture } from './architecture';
import type { ArchitectureDescription } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';
import { llamaFromGguf } from './llama-from-gguf';
import { llamaGgufName, llamaInterleavedHeads } from './llama-gguf-names';
import { llamaTensors } from './llama-tensors';
import { ropeFromConfig } from './rope-from-config';

/** The Llama family (Touvron et al. 2023), with grouped-query attention (Ainslie et al. 2023). */
export const llama: ArchitectureDescription = {
  family: 'llama',
  modelTypes: ['llama'],
  ggufNames: ['llama'],
  embedding: 'model.embed_tokens.weight',
  fromConfig,
  fromGguf: llamaFromGguf,
  nameOfGguf: llamaGgufName,
  interleavedHeads: llamaInterleavedHeads,
  requiredTensors: llamaTensors,
  isSpare: (name, architecture) =>
    /^model\.layers\.\d+\.self_attn\.rotary_emb\.inv_freq$/.test(name) ||
    (name === 'lm_head.weight' && architecture.tiedEmbeddings),
};

function fromConfig(config: ConfigReader): Architecture {
  const hiddenSize = config.positiveInteger('hidden_size');
  const headCount = config.positiveInteger('num_attention_heads');
  const headSize = config.positiveInteger('head_dim', hiddenSize / headCount);
  if ((config.value('hidden_act') ?? 'silu') !== 'silu') throw config.unsupported('hidden_act', 'silu');
  if (config.value('sliding_window') !== undefined) throw config.unsupported('sliding_window', 'null');
  return checkHeads(config.path, {
    family: 'llama',
    vocabSize: config.positiveInteger('vocab_size'),
    hiddenSize,
    intermediateSize: config.positiveInteger('intermediate_size'),
    layerCount: config.positiveInteger('num_hidden_layers'),
    headCount,
    keyValueHeadCount: config.positiveInteger('num_key_value_heads', headCount),
    headSize,
    contextLength: config.positiveInteger('max_position_embeddings', 2048),
    rmsNormEpsilon: config.positiveNumber('rms_norm_eps', 1e-6),
    rope: ropeFromConfig(config, headSize),
    tiedEmbeddings: config.boolean('tie_word_embeddings', false),
    attentionBias: config.boolean('attention_bias', false),
    mlpBias: config.boolean('mlp_bias', false),
    activation: 'silu',
  });
}
