import type { Dialect } from './dialect';
import { sharedSamplers, sharedStages } from './shared-stages';

const { logitBias, temperature, topK, topP } = sharedStages;

/** LM Studio. Source: lmstudio.ai/docs, OpenAI Compatibility Endpoints. */
export const lmStudio: Dialect = {
  name: 'lm-studio',
  protocol: 'openai',
  prompts: ['text', 'messages'],
  order: 'fixed',
  processors: { logitBias, topK, topP, temperature },
  samplers: sharedSamplers,
  neutral: {
    temperature: 1,
    top_p: 1,
    top_k: 0,
    repeat_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
  },
  options: { maxNewTokens: 'max_tokens', stopStrings: 'stop', seed: 'seed' },
  maxCandidates: 0,
  maxStopStrings: Number.POSITIVE_INFINITY,
  tokenIds: false,
  tokenBytes: false,
  deterministic: true,
  streamUsage: true,
  beyondControl: ["min-p and other stages that are switched on in the model's own settings"],
};
