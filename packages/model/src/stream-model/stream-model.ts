import type { StreamCapabilities } from './stream-capabilities';
import type { StreamEvent } from './stream-event';
import type { StreamRequest } from './stream-request';

/** What is at the other end, for people; every entry is plain data, and none is a secret. */
export interface StreamDescription {
  readonly backend: string;
  readonly [detail: string]: unknown;
}

/**
 * A model whose server samples: a request in, text out as it is written. The other kind of model, `LanguageModel`,
 * gives logits and leaves the choice to the caller. `@nexttoken/backend-testkit` checks adapters of both.
 */
export interface StreamModel {
  /** Version of this contract. */
  readonly specification: 'nexttoken-stream-1';
  /** A name for people, e.g. the server's own for the model. */
  readonly modelId: string;
  readonly capabilities: StreamCapabilities;
  /**
   * Starts one text. Nothing is sent before the first `next()`; any number of streams may run at once. Leaving the
   * loop early (`return()`) ends the request, as the signal does. After the `finish` event, or an error, it is done.
   *
   * @returns an iterable for one loop. Its first `next()` rejects with NextTokenError `unsupported-option` (details:
   *   option, and processor, sampler, parameter where one is meant) for what the server cannot honour,
   *   `invalid-parameter` for an illegal value, `empty-prompt`, `disposed`; every `next()` with `request-failed`,
   *   `access-denied`, `context-overflow`, or the signal's reason.
   */
  stream(request: StreamRequest): AsyncIterable<StreamEvent>;
  describe(): StreamDescription;
  /** Ends every running stream with `disposed`, and refuses new ones. Idempotent. */
  dispose(): Promise<void>;
}
