import type { GenerationRequest } from '../request/generation-request';
import type { TokenLogprobs } from './token-logprobs';
import type { NamedToken } from './token-names';

/** What every part of an answer is written with. */
export interface AnswerContext {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly modelId: string;
  readonly request: GenerationRequest;
  readonly name: (id: number) => NamedToken;
  /** Of each prompt, where they were asked for. */
  readonly promptScores: readonly (readonly (TokenLogprobs | null)[])[];
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** Tokens of a request: each prompt counts once. */
export function usageOf({ prompts }: GenerationRequest, newTokens: number): Usage {
  const promptTokens = prompts.reduce((sum, { length }) => sum + length, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: newTokens,
    total_tokens: promptTokens + newTokens,
  };
}
