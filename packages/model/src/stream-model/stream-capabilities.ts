/** The forms of a prompt: a text, token ids, or a chat that the server's own template writes out. */
export type StreamPromptKind = 'text' | 'ids' | 'messages';

/** Names of the options of a request that a server may lack; each is declared by name or refused by name. */
export type StreamOption =
  | 'maxNewTokens'
  | 'minNewTokens'
  | 'stopStrings'
  | 'stopTokenIds'
  | 'seed'
  | 'logprobs'
  | 'promptLogprobs'
  | 'continueFinalMessage';

/**
 * What a stream model honours, as data: the testkit reads it, a user interface greys out by it. A request beyond
 * it is refused by name; nothing is accepted and ignored.
 */
export interface StreamCapabilities {
  /** Which forms of prompt are taken; at least one. */
  readonly prompts: readonly StreamPromptKind[];
  /** Types of the processors that the server computes as they are defined here, e.g. `temperature`, `topP`. */
  readonly processors: readonly string[];
  /** Types of the samplers that it can draw with, e.g. `categorical`, `greedy`; at least one. */
  readonly samplers: readonly string[];
  /** Which further options of a request are honoured. */
  readonly options: readonly StreamOption[];
  /** The most candidates a token can be given with (`logprobs`); 0 where it names the chosen one only. */
  readonly maxCandidates: number;
  /** The most stop strings a request may hold; `Infinity` without a limit. */
  readonly maxStopStrings: number;
  /** Whether tokens carry their ids. */
  readonly tokenIds: boolean;
  /** Whether tokens carry their bytes. */
  readonly tokenBytes: boolean;
  /** Whether the same request with the same seed gives the same text again. */
  readonly deterministic: boolean;
  /** The most positions, prompt included; absent where the server does not tell. */
  readonly contextLength?: number;
}
