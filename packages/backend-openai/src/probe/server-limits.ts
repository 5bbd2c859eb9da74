/** What a probe has found out about a server and its model. */
export interface ServerLimits {
  /** The most positions, prompt included; absent where the server does not tell. */
  readonly contextLength?: number;
  /** How many ids there are; absent where the server does not tell. */
  readonly vocabSize?: number;
  /** The most candidates that really came. */
  readonly maxCandidates: number;
  /** Whether the last message of a chat can be continued. */
  readonly prefill: boolean;
}
