import type { Sampling } from './read-sampling';

/** Values that log-probabilities can be: of the model's own distribution or behind the processors; or the plain scores. */
export const logprobsModes = [
  'raw_logprobs',
  'processed_logprobs',
  'raw_logits',
  'processed_logits',
] as const;

export interface LogprobsRequest {
  /** How many of the best tokens. */
  readonly count: number;
  readonly mode: (typeof logprobsModes)[number];
  /** These ids instead of the best ones. */
  readonly ids: readonly number[] | undefined;
}

/** A checked request for some texts. */
export interface GenerationRequest {
  readonly prompts: readonly Int32Array[];
  /** What `echo` returns for each prompt. */
  readonly promptTexts: readonly string[];
  /** Choices a prompt: `choice = prompt · n + j`. */
  readonly n: number;
  readonly maxNewTokens: number;
  readonly minNewTokens: number;
  readonly stopStrings: readonly string[];
  readonly stopTokenIds: readonly number[];
  readonly endTokenIds: readonly number[];
  /** Choice j of every prompt draws from `seed + j`. */
  readonly seed: number;
  readonly sampling: Sampling;
  readonly negativePrompt: string | undefined;
  readonly logprobs: LogprobsRequest | undefined;
  /** Of how many tokens at each place of the prompts. */
  readonly promptLogprobs: number | undefined;
  readonly echo: boolean;
  readonly trace: false | 'steps' | 'stages';
  /** Whether the answer is a function call. */
  readonly callsTool: boolean;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly returnTokenIds: boolean;
  readonly tokensAsIds: boolean;
}
