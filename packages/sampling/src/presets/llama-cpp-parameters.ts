type Optional<Value> = Value | null | undefined;

/** A token, as an id or as a text (all tokens of the text then), with what is added to its score; false bans it. */
export type LlamaCppBias = readonly [token: number | string, bias: number | false];

/**
 * llama.cpp's sampling parameters, under the keys of its server; the names of its C++ structure
 * (`common_params_sampling`) are read too. Further keys are allowed: each is handed back or refused by name.
 */
export interface LlamaCppParameters {
  /** The order, as names or as letters (`edskypmxt`); default: penalties to temperature. */
  readonly samplers?: Optional<string | readonly string[]>;
  /** How many tokens the truncating samplers keep at least; default 0. */
  readonly min_keep?: Optional<number>;
  /** Default 0.8; 0 and below: always the likeliest token. Also `temp`. */
  readonly temperature?: Optional<number>;
  /** Default 0: off. */
  readonly dynatemp_range?: Optional<number>;
  /** Default 1. */
  readonly dynatemp_exponent?: Optional<number>;
  /** Default 40; 0 and below: off. */
  readonly top_k?: Optional<number>;
  /** Default 0.95; 1: off. */
  readonly top_p?: Optional<number>;
  /** Default 0.05; 0: off. */
  readonly min_p?: Optional<number>;
  /** Default 1: off. Also `typ_p`. */
  readonly typical_p?: Optional<number>;
  /** Default -1: off, as is 0. */
  readonly top_n_sigma?: Optional<number>;
  /** Default 0: off. */
  readonly xtc_probability?: Optional<number>;
  /** Default 0.1; above 0.5: off. */
  readonly xtc_threshold?: Optional<number>;
  /** How many of the last ids the three penalties count, prompt included; default 64; 0: off. Also `penalty_last_n`. */
  readonly repeat_last_n?: Optional<number>;
  /** Default 1: off. Also `penalty_repeat`. */
  readonly repeat_penalty?: Optional<number>;
  /** Default 0: off. Also `penalty_freq`. */
  readonly frequency_penalty?: Optional<number>;
  /** Default 0: off. Also `penalty_present`. */
  readonly presence_penalty?: Optional<number>;
  /** Default 0: off. */
  readonly dry_multiplier?: Optional<number>;
  /** Default 1.75. */
  readonly dry_base?: Optional<number>;
  /** Default 2. */
  readonly dry_allowed_length?: Optional<number>;
  /** Default 64; 0: off. */
  readonly dry_penalty_last_n?: Optional<number>;
  /** Default `\n`, `:`, `"`, `*`. */
  readonly dry_sequence_breakers?: Optional<readonly string[]>;
  /** 0 (default): off; 1 or 2: nothing but the temperature and this sampler. */
  readonly mirostat?: Optional<number>;
  /** Default 5. */
  readonly mirostat_tau?: Optional<number>;
  /** Default 0.1. */
  readonly mirostat_eta?: Optional<number>;
  /** Default -1: off. Acts only where `samplers` names `adaptive_p`. */
  readonly adaptive_target?: Optional<number>;
  /** Default 0.9. */
  readonly adaptive_decay?: Optional<number>;
  /** Pairs, or an object of biases by id or text. */
  readonly logit_bias?: Optional<readonly LlamaCppBias[] | Readonly<Record<string, number | false>>>;
  /** Bans the end tokens; default false. */
  readonly ignore_eos?: Optional<boolean>;
  /** -1 and 4294967295 (default): none. */
  readonly seed?: Optional<number>;
  /** Also `max_tokens`; -1 (default): no limit. */
  readonly n_predict?: Optional<number>;
  /** Texts that end the answer; one or a list. */
  readonly stop?: Optional<string | readonly string[]>;
  /** How many of the best probabilities are wanted with every token; default 0. Also `logprobs`. */
  readonly n_probs?: Optional<number>;
  /** Whether those are the ones after the samplers; default false. */
  readonly post_sampling_probs?: Optional<boolean>;
  readonly [key: string]: unknown;
}
