import type { RefusedKey } from './refused-generation-config-keys';

export const llamaCppOwner = 'fromLlamaCpp';

/** Other names of a key: those of llama.cpp's C++ structure and of its command line. */
export const aliases: Readonly<Record<string, string>> = {
  temp: 'temperature',
  typ_p: 'typical_p',
  penalty_last_n: 'repeat_last_n',
  penalty_repeat: 'repeat_penalty',
  penalty_freq: 'frequency_penalty',
  penalty_present: 'presence_penalty',
  mirostat_ent: 'mirostat_tau',
  mirostat_lr: 'mirostat_eta',
  max_tokens: 'n_predict',
  logprobs: 'n_probs',
};

/** Keys that each sampler of the order reads. */
export const keysOfSampler = {
  penalties: ['repeat_last_n', 'repeat_penalty', 'frequency_penalty', 'presence_penalty'],
  dry: ['dry_multiplier', 'dry_base', 'dry_allowed_length', 'dry_penalty_last_n', 'dry_sequence_breakers'],
  top_n_sigma: ['top_n_sigma'],
  top_k: ['top_k'],
  typ_p: ['typical_p', 'min_keep'],
  top_p: ['top_p', 'min_keep'],
  min_p: ['min_p', 'min_keep'],
  xtc: ['xtc_probability', 'xtc_threshold', 'min_keep'],
  temperature: ['temperature', 'dynatemp_range', 'dynatemp_exponent'],
  adaptive_p: ['adaptive_target', 'adaptive_decay'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A sampler of the order, under llama.cpp's name. */
export type LlamaCppSamplerName = keyof typeof keysOfSampler;

/** Keys of mirostat; where it is on, nothing but the temperature is read beside them. */
export const mirostatKeys: readonly string[] = ['mirostat_tau', 'mirostat_eta'];

/** Keys that some sampler reads, and that have no effect where another one takes its place. */
export const samplingKeys = (): readonly string[] => [
  'samplers',
  ...new Set(Object.values(keysOfSampler).flat()),
  ...mirostatKeys,
];

export const biasKeys: readonly string[] = ['logit_bias', 'ignore_eos'];

export const llamaCppLoopKeys: readonly string[] = [
  'seed',
  'n_predict',
  'stop',
  'n_probs',
  'post_sampling_probs',
];

/** Keys that do not change which tokens come: they are handed back. */
export const llamaCppRestKeys: readonly string[] = [
  'n_prev',
  'no_perf',
  'timing_per_token',
  'timings_per_token',
  'user_sampling_config',
  'verbose',
  'stream',
  'stream_options',
  'cache_prompt',
  'return_tokens',
  'return_progress',
  'response_fields',
  'sse_ping_interval',
  'id_slot',
  'n_keep',
  'n_discard',
  'n_cache_reuse',
  'chat_format',
  'reasoning_format',
  'reasoning_in_content',
  'preserved_tokens',
  'speculative.types',
];

const grammar =
  'a grammar is a processor of its own: make one with @nexttoken/grammar and run it before these processors';
const reasoning = 'a budget for reasoning belongs to the loop';

/** Keys that nobody here could honour, and the values at which they have no effect. */
export const refusedLlamaCppKeys: Readonly<Record<string, RefusedKey>> = {
  grammar: { reason: grammar, harmless: [''] },
  grammar_type: { reason: grammar, harmless: [''] },
  grammar_lazy: { reason: grammar, harmless: [false] },
  grammar_triggers: { reason: grammar },
  json_schema: { reason: grammar },
  generation_prompt: { reason: 'it only prepares a grammar', harmless: [''] },
  logit_bias_eog: { reason: 'give ignore_eos, and the end tokens as an option' },
  reasoning_budget_tokens: { reason: reasoning, harmless: [-1] },
  reasoning_budget_start: { reason: reasoning },
  reasoning_budget_end: { reason: reasoning },
  reasoning_budget_forced: { reason: reasoning },
  reasoning_budget_message: { reason: reasoning, harmless: [''] },
  reasoning_control: { reason: reasoning, harmless: [false] },
  backend_sampling: { reason: 'there is no sampling on a GPU here', harmless: [false] },
  lora: { reason: 'adapters belong to the model' },
  n_indent: { reason: 'lines are not measured here', harmless: [0] },
  n_cmpl: { reason: 'give the loop several rows', harmless: [1] },
  n: { reason: 'give the loop several rows', harmless: [1] },
  t_max_predict_ms: { reason: 'give the loop an AbortSignal', harmless: [-1, 0] },
  tfs_z: { reason: 'llama.cpp has removed tail-free sampling', harmless: [1] },
  penalize_nl: { reason: 'llama.cpp has removed it', harmless: [true] },
};
