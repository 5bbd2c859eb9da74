import type { Dialect } from './dialect';
import { sharedSamplers, sharedStages } from './shared-stages';

const { logitBias, frequencyPenalty, presencePenalty, temperature, topP } = sharedStages;

/** OpenAI's own chats. Source: platform.openai.com/docs/api-reference/chat. */
export const openai: Dialect = {
  name: 'openai',
  protocol: 'openai',
  prompts: ['messages'],
  order: 'fixed',
  processors: { logitBias, frequencyPenalty, presencePenalty, temperature, topP },
  samplers: sharedSamplers,
  neutral: { temperature: 1, top_p: 1 },
  options: { maxNewTokens: 'max_completion_tokens', stopStrings: 'stop', seed: 'seed' },
  logprobs: { chat: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content' } },
  maxCandidates: 20,
  maxStopStrings: 4,
  tokenIds: false,
  tokenBytes: true,
  deterministic: false,
  streamUsage: true,
};
