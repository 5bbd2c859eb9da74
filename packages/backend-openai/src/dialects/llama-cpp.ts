import type { Dialect, StageFields } from './dialect';
import { sharedSamplers } from './shared-stages';

const keep = { minTokensToKeep: 1 };
/** llama.cpp's penalties count the last tokens, the prompt's among them. */
const penalty = (field: string, fixed: Readonly<Record<string, unknown>>): StageFields => ({
  parameters: { penalty: field, lastTokens: 'repeat_last_n' },
  absent: { repeat_last_n: -1 },
  fixed,
  stage: 'penalties',
});

/** llama.cpp's server. Source: tools/server/README.md of ggml-org/llama.cpp. */
export const llamaCpp: Dialect = {
  name: 'llama.cpp',
  protocol: 'openai',
  prompts: ['text', 'ids', 'messages'],
  order: { field: 'samplers' },
  processors: {
    repetitionPenalty: penalty('repeat_penalty', { promptIgnoreLength: 0 }),
    frequencyPenalty: penalty('frequency_penalty', { includePrompt: true }),
    presencePenalty: penalty('presence_penalty', { includePrompt: true }),
    topNSigma: { parameters: { n: 'top_n_sigma' }, stage: 'top_n_sigma' },
    topK: { parameters: { k: 'top_k' }, fixed: keep, stage: 'top_k' },
    typicalP: { parameters: { p: 'typical_p' }, fixed: keep, stage: 'typ_p' },
    topP: { parameters: { p: 'top_p' }, fixed: keep, stage: 'top_p' },
    minP: { parameters: { p: 'min_p' }, fixed: keep, stage: 'min_p' },
    xtc: {
      parameters: { probability: 'xtc_probability', threshold: 'xtc_threshold' },
      fixed: keep,
      stage: 'xtc',
    },
    temperature: { parameters: { temperature: 'temperature' }, stage: 'temperature' },
    dynamicTemperature: {
      parameters: { temperature: 'temperature', range: 'dynatemp_range', exponent: 'dynatemp_exponent' },
      stage: 'temperature',
    },
  },
  samplers: {
    categorical: sharedSamplers.categorical,
    greedy: { ...sharedSamplers.greedy, stage: 'temperature' },
    mirostat: {
      parameters: { tau: 'mirostat_tau', eta: 'mirostat_eta' },
      fixed: { m: 100 },
      fields: { mirostat: 1 },
      beside: ['temperature'],
    },
    mirostatV2: {
      parameters: { tau: 'mirostat_tau', eta: 'mirostat_eta' },
      fields: { mirostat: 2 },
      beside: ['temperature'],
    },
  },
  neutral: {
    temperature: 1,
    top_k: 0,
    top_p: 1,
    min_p: 0,
    typical_p: 1,
    repeat_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    dry_multiplier: 0,
    xtc_probability: 0,
    mirostat: 0,
  },
  options: { maxNewTokens: 'max_tokens', stopStrings: 'stop', seed: 'seed' },
  logprobs: {
    text: { count: 'n_probs', fields: { post_sampling_probs: false }, form: 'content-with-ids' },
    chat: { fields: { logprobs: true }, count: 'top_logprobs', form: 'content-with-ids' },
  },
  maxCandidates: 100,
  maxStopStrings: Number.POSITIVE_INFINITY,
  tokenIds: true,
  tokenBytes: true,
  deterministic: true,
  streamUsage: true,
  oneToken: {
    fields: { post_sampling_probs: false, cache_prompt: true },
    count: 'n_probs',
    ids: 'content',
    batch: false,
    logits: false,
  },
};
