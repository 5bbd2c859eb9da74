import type { Dialect } from './dialect';
import { sharedSamplers, sharedStages } from './shared-stages';

const { temperature, minP, topK, topP } = sharedStages;

/** The server of llama-cpp-python (`python -m llama_cpp.server`). Source: its OpenAPI description. */
export const llamaCppPython: Dialect = {
  name: 'llama-cpp-python',
  protocol: 'openai',
  prompts: ['text', 'messages'],
  order: 'fixed',
  processors: { topK, topP, minP, temperature },
  samplers: {
    ...sharedSamplers,
    mirostatV2: {
      parameters: { tau: 'mirostat_tau', eta: 'mirostat_eta' },
      fields: { mirostat_mode: 2 },
      beside: ['temperature'],
    },
  },
  neutral: { temperature: 1, top_p: 1, min_p: 0, top_k: 0, repeat_penalty: 1, mirostat_mode: 0 },
  options: { maxNewTokens: 'max_tokens', stopStrings: 'stop', seed: 'seed' },
  logprobs: {
    text: { count: 'logprobs', form: 'lists' },
    chat: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content' },
  },
  maxCandidates: 20,
  maxStopStrings: Number.POSITIVE_INFINITY,
  tokenIds: false,
  tokenBytes: false,
  deterministic: true,
  streamUsage: false,
  beyondControl: ['a new request ends the one that runs, unless the server has --interrupt_requests false'],
};
