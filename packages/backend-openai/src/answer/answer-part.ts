import type { StreamFinishReason, StreamToken, StreamUsage } from '@nexttoken/model';

/** What one piece of an answer says, in our words. */
export interface AnswerPart {
  readonly text: string;
  readonly tokens: readonly StreamToken[];
  readonly promptTokens?: readonly StreamToken[];
  readonly finish?: { readonly reason: StreamFinishReason; readonly serverReason?: string };
  readonly usage?: StreamUsage;
  /** The server's own error in the middle of its answer. */
  readonly error?: string;
}
