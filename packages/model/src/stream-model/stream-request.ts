import type { LogitsProcessor } from '../sampling/logits-processor';
import type { Sampler } from '../sampling/sampler';
import type { ChatMessage } from '../tokenizer/chat-template';

/** What is to be continued: exactly one of the three forms. */
export type StreamPrompt =
  | { readonly text: string }
  | { readonly ids: ArrayLike<number> }
  | { readonly messages: readonly ChatMessage[] };

/** One text to be written by a model whose server samples. What is left out has its neutral value. */
export interface StreamRequest {
  readonly prompt: StreamPrompt;
  /**
   * How the server reshapes its logits, in this order, as data: what counts are `type` and `parameters`, a chain stands
   * for its parts. Default none: the model's own distribution, whatever the server's own defaults are.
   */
  readonly processors?: readonly LogitsProcessor[] | undefined;
  /** How it chooses, as data; default `categorical`, a plain draw. */
  readonly sampler?: Sampler | undefined;
  /** The most new tokens, at least 1; default: the server's limit. */
  readonly maxNewTokens?: number | undefined;
  /** No end before so many new tokens; default 0. */
  readonly minNewTokens?: number | undefined;
  /** The text ends before the first of these; default none. */
  readonly stopStrings?: readonly string[] | undefined;
  /** Further ids that end the text; default none. */
  readonly stopTokenIds?: readonly number[] | undefined;
  /** A whole number from 0 to 2^32 - 1; default: the server's own luck. */
  readonly seed?: number | undefined;
  /** Asks for the tokens: each with its log-probability and so many candidates (0 or more); default: no tokens. */
  readonly logprobs?: number | undefined;
  /** The same of the prompt's tokens. */
  readonly promptLogprobs?: number | undefined;
  /** Whether the last message is continued instead of answered; default false. Only for messages. */
  readonly continueFinalMessage?: boolean | undefined;
  /** Ends the request; the iterator rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
