/** A token that could have come at a position. */
export interface StreamCandidate {
  /** Present where `capabilities.tokenIds` is true. */
  readonly id?: number;
  /** The token for people; halves of characters as U+FFFD. */
  readonly text: string;
  /** Present where `capabilities.tokenBytes` is true: the bytes that the token adds to the text. */
  readonly bytes?: Uint8Array;
  /** Natural logarithm of its probability, at most 0; what it is of, before or after the processors, is the server's. */
  readonly logprob: number;
}

/** A token of the answer, or of the prompt. */
export interface StreamToken extends Omit<StreamCandidate, 'logprob'> {
  /** As a candidate's; absent for the prompt's first token, which nothing precedes. */
  readonly logprob?: number;
  /** The likeliest tokens at this place, best first, at most as many as asked for; the token need not be among them. */
  readonly candidates: readonly StreamCandidate[];
}

/** The prompt's tokens; comes first, and only where `promptLogprobs` was asked for. */
export interface StreamPromptEvent {
  readonly type: 'prompt';
  readonly tokens: readonly StreamToken[];
}

/**
 * More of the answer. All `text`s together are the text; it never ends within a character, and what a stop string may
 * still cut off is held back. `tokens` are those that came since the last event, present exactly where
 * `logprobs` was asked for; a stop string's and the end token may be among them.
 */
export interface StreamDeltaEvent {
  readonly type: 'delta';
  readonly text: string;
  readonly tokens?: readonly StreamToken[];
}

/**
 * Why the text ended. `end-token`, `stop-string`, `stop-token`: as in `FinishReason`; `stop`: one of the three, the
 * server does not say which. `max-new-tokens`, `context-length`: a limit. `content-filter`, `tool-calls`: the server's own;
 * `other`: a reason of its own that has no name here.
 */
export type StreamFinishReason =
  | 'end-token'
  | 'stop-string'
  | 'stop-token'
  | 'stop'
  | 'max-new-tokens'
  | 'context-length'
  | 'content-filter'
  | 'tool-calls'
  | 'other';

/** Tokens counted by the server. */
export interface StreamUsage {
  readonly promptTokens: number;
  readonly newTokens: number;
  /** Those of the prompt that the server had in a cache. */
  readonly cachedTokens?: number;
}

/** The last event of every stream that ends well. */
export interface StreamFinishEvent {
  readonly type: 'finish';
  readonly reason: StreamFinishReason;
  /** The server's own word for the reason, where it gave one. */
  readonly serverReason?: string;
  /** The whole new text. */
  readonly text: string;
  /** Present where the server counts. */
  readonly usage?: StreamUsage;
}

/** What a stream model tells: at most one `prompt`, any number of `delta`, one `finish`. */
export type StreamEvent = StreamPromptEvent | StreamDeltaEvent | StreamFinishEvent;
