import type { Dialect } from './dialect';
import { sharedSamplers, sharedStages } from './shared-stages';

const { logitBias, frequencyPenalty, presencePenalty, temperature, minP, topK, topP } = sharedStages;

/** vLLM. Source: docs.vllm.ai, OpenAI-Compatible Server; order as in its sampler (V1). */
export const vllm: Dialect = {
  name: 'vllm',
  protocol: 'openai',
  prompts: ['text', 'ids', 'messages'],
  order: 'fixed',
  processors: {
    logitBias,
    repetitionPenalty: { parameters: { penalty: 'repetition_penalty' }, fixed: { promptIgnoreLength: 0 } },
    frequencyPenalty,
    presencePenalty,
    temperature,
    minP,
    topK,
    topP,
  },
  samplers: sharedSamplers,
  neutral: {
    temperature: 1,
    top_p: 1,
    top_k: 0,
    min_p: 0,
    repetition_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
  },
  options: {
    maxNewTokens: 'max_tokens',
    minNewTokens: 'min_tokens',
    stopStrings: 'stop',
    stopTokenIds: 'stop_token_ids',
    seed: 'seed',
  },
  continueFields: { add_generation_prompt: false, continue_final_message: true },
  logprobs: {
    text: { count: 'logprobs', form: 'lists' },
    chat: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content' },
  },
  maxCandidates: 20,
  maxStopStrings: Number.POSITIVE_INFINITY,
  tokenIds: false,
  tokenBytes: false,
  deterministic: true,
  streamUsage: true,
  oneToken: {
    fields: { return_tokens_as_token_ids: true },
    count: 'logprobs',
    ids: 'token_id',
    batch: true,
    logits: false,
  },
};
