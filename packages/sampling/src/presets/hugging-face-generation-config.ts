type Optional<Value> = Value | null | undefined;

/**
 * The keys of Hugging Face's `generation_config.json` that make processors or go to the loop. Further keys
 * are allowed: each is handed back or refused by name.
 */
export interface HuggingFaceGenerationConfig {
  readonly do_sample?: Optional<boolean>;
  readonly temperature?: Optional<number>;
  readonly top_h?: Optional<number>;
  readonly top_k?: Optional<number>;
  readonly top_p?: Optional<number>;
  readonly min_p?: Optional<number>;
  readonly typical_p?: Optional<number>;
  readonly epsilon_cutoff?: Optional<number>;
  readonly eta_cutoff?: Optional<number>;
  readonly guidance_scale?: Optional<number>;
  readonly sequence_bias?: Optional<readonly (readonly [sequence: readonly number[], bias: number])[]>;
  readonly repetition_penalty?: Optional<number>;
  readonly encoder_repetition_penalty?: Optional<number>;
  readonly no_repeat_ngram_size?: Optional<number>;
  readonly encoder_no_repeat_ngram_size?: Optional<number>;
  readonly bad_words_ids?: Optional<readonly (readonly number[])[]>;
  readonly min_length?: Optional<number>;
  readonly min_new_tokens?: Optional<number>;
  readonly forced_bos_token_id?: Optional<number>;
  readonly forced_eos_token_id?: Optional<number | readonly number[]>;
  readonly remove_invalid_values?: Optional<boolean>;
  readonly exponential_decay_length_penalty?: Optional<readonly [start: number, factor: number]>;
  readonly suppress_tokens?: Optional<readonly number[]>;
  readonly begin_suppress_tokens?: Optional<readonly number[]>;
  readonly renormalize_logits?: Optional<boolean>;
  readonly num_beams?: Optional<number>;
  readonly num_beam_groups?: Optional<number>;
  readonly diversity_penalty?: Optional<number>;
  readonly length_penalty?: Optional<number>;
  readonly early_stopping?: Optional<boolean | 'never'>;
  readonly num_return_sequences?: Optional<number>;
  readonly max_new_tokens?: Optional<number>;
  readonly max_length?: Optional<number>;
  readonly max_time?: Optional<number>;
  readonly stop_strings?: Optional<string | readonly string[]>;
  readonly eos_token_id?: Optional<number | readonly number[]>;
  readonly bos_token_id?: Optional<number>;
  readonly pad_token_id?: Optional<number>;
  readonly output_logits?: Optional<boolean>;
  readonly output_scores?: Optional<boolean>;
  readonly output_hidden_states?: Optional<boolean>;
  readonly output_attentions?: Optional<boolean>;
  readonly [key: string]: unknown;
}
