/**
 * What a generation config says that is no processor: data for the loop, under `generate`'s names where it
 * has one. What the config leaves open is absent, unless a default is named.
 */
export interface GenerationLoop {
  /** `max_new_tokens`; 20 where neither it nor `max_length` is given, as Hugging Face does. */
  readonly maxNewTokens?: number;
  /** `max_length`, prompt included; absent where `max_new_tokens` takes precedence. */
  readonly maxLength?: number;
  /** `max_time`, in seconds. */
  readonly maxTime?: number;
  /** `eos_token_id` as a list; empty: none. */
  readonly endTokenIds: readonly number[];
  /** `stop_strings` as a list; empty: none. */
  readonly stopStrings: readonly string[];
  /** `bos_token_id`. */
  readonly bosTokenId?: number;
  /** `pad_token_id`; the first end token where it is not given. */
  readonly padTokenId?: number;
  /** `num_beams`; default 1: no beam search. */
  readonly numBeams: number;
  /** `num_beam_groups`; default 1. */
  readonly numBeamGroups: number;
  /** `diversity_penalty`, between beam groups; default 0. It is among the processors too. */
  readonly diversityPenalty: number;
  /** `length_penalty`, an exponent; default 1. */
  readonly lengthPenalty: number;
  /** `early_stopping`; default false. */
  readonly earlyStopping: boolean | 'never';
  /** `num_return_sequences`; default 1. */
  readonly numReturnSequences: number;
  /** `output_logits`, `output_scores`, `output_hidden_states`, `output_attentions`. */
  readonly capture: {
    readonly logits: boolean;
    readonly scores: boolean;
    readonly hiddenStates: boolean;
    readonly attention: boolean;
  };
}
