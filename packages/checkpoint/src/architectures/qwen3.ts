import { describeArchitecture } from './architecture-description';
import { llamaTensors } from './llama-tensors';
import { qwenFromConfig, qwenFromGguf } from './qwen2';

/** Qwen3, dense (Yang et al. 2025, arXiv:2505.09388): queries and keys are normed head by head. */
export const qwen3 = describeArchitecture({
  family: 'qwen3',
  modelTypes: ['qwen3'],
  ggufNames: ['qwen3'],
  prefix: 'model.',
  tensors: llamaTensors,
  fromConfig: (config) => {
    const attentionBias = config.boolean('attention_bias', false);
    const facts = { queryKeyNorm: true, attentionBias, attentionOutputBias: attentionBias };
    return qwenFromConfig(config, { family: 'qwen3', ...facts }, 128);
  },
  fromGguf: (gguf) => {
    const attentionBias = gguf.has('model.layers.0.self_attn.q_proj.bias');
    const attentionOutputBias = gguf.has('model.layers.0.self_attn.o_proj.bias');
    return qwenFromGguf(gguf, { family: 'qwen3', queryKeyNorm: true, attentionBias, attentionOutputBias });
  },
});
