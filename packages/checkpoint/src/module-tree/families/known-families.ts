import { gptNeoxModules } from './gpt-neox';
import { gpt2Modules } from './gpt2';
import { llamaLike } from './llama-like';
import type { ModelFamily } from './model-family';

const large = { hiddenSize: 4096, layerCount: 32, headCount: 32 };
const gemma = {
  hiddenSize: 2304,
  layerCount: 26,
  headCount: 8,
  keyValueHeadCount: 4,
  headSize: 256,
  intermediateSize: 9216,
  padding: 0,
  tied: true,
  activation: 'gelu_pytorch_tanh',
};
const noBiases = { inputs: false, output: false };

/** Every family whose modules are known; what a config leaves out has transformers' default. */
export const knownFamilies: readonly ModelFamily[] = [
  gpt2Modules,
  llamaLike({
    modelTypes: ['llama'],
    isOld: true,
    prefix: 'Llama',
    defaults: { ...large, vocabSize: 32000, intermediateSize: 11008 },
    hasMlpBias: true,
  }),
  llamaLike({
    modelTypes: ['mistral'],
    isOld: true,
    prefix: 'Mistral',
    defaults: { ...large, vocabSize: 32000, intermediateSize: 14336, keyValueHeadCount: 8 },
    attentionBiases: noBiases,
  }),
  llamaLike({
    modelTypes: ['qwen2'],
    isOld: true,
    prefix: 'Qwen2',
    defaults: { ...large, vocabSize: 151936, intermediateSize: 22016, keyValueHeadCount: 32 },
    attentionBiases: { inputs: true, output: false },
  }),
  llamaLike({
    modelTypes: ['qwen3'],
    isOld: false,
    prefix: 'Qwen3',
    defaults: { ...large, vocabSize: 151936, intermediateSize: 22016, keyValueHeadCount: 32, headSize: 128 },
    hasHeadNorms: true,
  }),
  gptNeoxModules,
  llamaLike({
    modelTypes: ['phi3'],
    isOld: false,
    prefix: 'Phi3',
    defaults: {
      hiddenSize: 3072,
      layerCount: 32,
      headCount: 32,
      vocabSize: 32064,
      intermediateSize: 8192,
      epsilon: 1e-5,
      padding: 32000,
    },
    attentionBiases: noBiases,
    isJoined: true,
  }),
  llamaLike({
    modelTypes: ['gemma2'],
    isOld: false,
    prefix: 'Gemma2',
    defaults: { ...gemma, vocabSize: 256000 },
    isSandwich: true,
  }),
  llamaLike({
    modelTypes: ['gemma3_text'],
    isOld: false,
    prefix: 'Gemma3',
    defaults: { ...gemma, vocabSize: 262208 },
    hasHeadNorms: true,
    isSandwich: true,
    isText: true,
  }),
];
