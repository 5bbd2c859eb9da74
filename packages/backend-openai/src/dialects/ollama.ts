import type { Dialect, StageFields } from './dialect';
import { sharedSamplers, sharedStages } from './shared-stages';

const penalty = (field: string, fixed: Readonly<Record<string, unknown>>): StageFields => ({
  parameters: { penalty: field, lastTokens: 'repeat_last_n' },
  absent: { repeat_last_n: -1 },
  fixed,
});

/**
 * Ollama's own API: its OpenAI-compatible one cannot switch off the defaults of a model file. Source:
 * docs.ollama.com/api.
 */
export const ollama: Dialect = {
  name: 'ollama',
  protocol: 'ollama',
  prompts: ['text', 'messages'],
  order: 'fixed',
  processors: {
    repetitionPenalty: penalty('repeat_penalty', { promptIgnoreLength: 0 }),
    frequencyPenalty: penalty('frequency_penalty', { includePrompt: true }),
    presencePenalty: penalty('presence_penalty', { includePrompt: true }),
    topK: sharedStages.topK,
    temperature: sharedStages.temperature,
    topP: sharedStages.topP,
    minP: sharedStages.minP,
  },
  samplers: sharedSamplers,
  neutral: {
    temperature: 1,
    top_k: 0,
    top_p: 1,
    min_p: 0,
    repeat_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
  },
  options: { maxNewTokens: 'num_predict', stopStrings: 'stop', seed: 'seed' },
  logprobs: {
    text: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content' },
    chat: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content' },
  },
  maxCandidates: 20,
  maxStopStrings: Number.POSITIVE_INFINITY,
  tokenIds: false,
  tokenBytes: true,
  deterministic: true,
  streamUsage: true,
};
