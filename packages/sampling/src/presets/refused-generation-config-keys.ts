/** Why a key is refused, and the values at which it has no effect and may stand (null always may). */
export interface RefusedKey {
  readonly reason: string;
  readonly harmless?: readonly unknown[];
}

const assistant = 'a draft model is an option of the loop, not of a config';
const argument = 'it is an argument of generate, not a key of a config';

/** Keys of Hugging Face's GenerationConfig, and arguments of its `generate`, that nobody here could honour. */
export const refusedKeys: Readonly<Record<string, RefusedKey>> = {
  watermarking_config: { reason: 'watermarks are not made here' },
  token_healing: { reason: 'the prompt is not changed here', harmless: [false] },
  penalty_alpha: { reason: 'contrastive search is not made here', harmless: [0] },
  low_memory: { reason: 'beams are never run one after the other here', harmless: [false] },
  dola_layers: { reason: 'decoding by contrasting layers is not made here' },
  constraints: { reason: 'constrained beam search is not made here; allowTokens constrains each step' },
  force_words_ids: { reason: 'constrained beam search is not made here; allowTokens constrains each step' },
  decoder_start_token_id: { reason: 'there is no encoder-decoder model here' },
  is_assistant: { reason: assistant, harmless: [false] },
  num_assistant_tokens: { reason: assistant, harmless: [20, 5] },
  num_assistant_tokens_schedule: { reason: assistant, harmless: ['constant', 'heuristic'] },
  assistant_confidence_threshold: { reason: assistant, harmless: [0.4] },
  assistant_early_exit: { reason: assistant },
  assistant_lookbehind: { reason: assistant, harmless: [10] },
  assistant_ensemble_weight: { reason: assistant },
  target_lookbehind: { reason: assistant, harmless: [10] },
  prompt_lookup_num_tokens: { reason: assistant },
  max_matching_ngram_size: { reason: assistant },
  speculation_type: { reason: assistant },
  use_mtp: { reason: assistant, harmless: [false] },
  logits_processor: { reason: 'give it as the option processors' },
  prefix_allowed_tokens_fn: { reason: 'give it as the option allowedTokens' },
  stopping_criteria: { reason: argument },
  assistant_model: { reason: argument },
  streamer: { reason: argument },
  synced_gpus: { reason: argument },
  negative_prompt_ids: { reason: 'the loop computes the guidance row' },
  negative_prompt_attention_mask: { reason: 'the loop computes the guidance row' },
};
