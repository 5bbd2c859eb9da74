// Every key of Hugging Face's GenerationConfig (transformers 5), by what becomes of it. Nothing else is known,
// and nothing is dropped unseen.

/** Keys that make a processor at every step, whatever the mode. */
export const processorKeys = [
  'guidance_scale',
  'sequence_bias',
  'encoder_repetition_penalty',
  'repetition_penalty',
  'no_repeat_ngram_size',
  'encoder_no_repeat_ngram_size',
  'bad_words_ids',
  'min_length',
  'min_new_tokens',
  'forced_bos_token_id',
  'forced_eos_token_id',
  'remove_invalid_values',
  'exponential_decay_length_penalty',
  'suppress_tokens',
  'begin_suppress_tokens',
  'renormalize_logits',
] as const;

/** Keys that make a processor only where `do_sample` is true. */
export const samplingKeys = [
  'temperature',
  'top_h',
  'top_k',
  'top_p',
  'min_p',
  'typical_p',
  'epsilon_cutoff',
  'eta_cutoff',
] as const;

/** Keys that have an effect only with more than one beam. */
export const beamKeys = ['early_stopping', 'length_penalty', 'num_beam_groups', 'diversity_penalty'] as const;

/** Keys that go to the loop. */
export const loopKeys = [
  'do_sample',
  'num_beams',
  'max_new_tokens',
  'max_length',
  'max_time',
  'stop_strings',
  'eos_token_id',
  'bos_token_id',
  'pad_token_id',
  'num_return_sequences',
  'output_logits',
  'output_scores',
  'output_hidden_states',
  'output_attentions',
] as const;

/** Keys that do not change which tokens come: handed back as they are. */
export const restKeys = [
  'use_cache',
  'cache_implementation',
  'cache_config',
  'max_cache_len',
  'prefill_chunk_size',
  'compile_config',
  'disable_compile',
  'return_dict_in_generate',
  'continuous_batching_config',
  'transformers_version',
  '_from_model_config',
  '_commit_hash',
] as const;
