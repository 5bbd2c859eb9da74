import type { ChatTemplate, LanguageModel, Tokenizer } from '@nexttoken/model';

/** What {@link serve} takes. */
export interface ServeOptions {
  /** What answers; it stays the caller's. */
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** Without one there are no chats. */
  readonly chatTemplate?: ChatTemplate | undefined;
  /** Ids that end a text. Default: the tokenizer's `eos`, where it has one. */
  readonly endTokenIds?: readonly number[] | undefined;
  /** What the model is called in requests; default `model.modelId`. */
  readonly modelId?: string | undefined;
  /** Where to listen; default `127.0.0.1`: only this machine can ask. */
  readonly host?: string | undefined;
  /** An integer in [0, 65535]; default 8080; 0: any free one. */
  readonly port?: number | undefined;
  /** Whoever asks needs one of these; default none: everybody may. `/health` is open. */
  readonly apiKeys?: readonly string[] | undefined;
  /** Origins of web pages that may ask, or `*`; default none. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Rows that run at once, an integer >= 1; default 64 (at most the model's `maxRows`). */
  readonly maxRows?: number | undefined;
  /** Requests that may wait for room, an integer >= 0; default 256. Further ones get 429 and Retry-After. */
  readonly maxQueue?: number | undefined;
  /** The most tokens of a prompt, an integer >= 1; default: the context. */
  readonly maxPromptTokens?: number | undefined;
  /** The most new tokens of a choice, an integer >= 1; default: the context. */
  readonly maxNewTokens?: number | undefined;
  /** Bytes of a request's body, an integer >= 1; default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Positions of prompts that a step reads, an integer >= 1; default 256. See `batchedModel`. */
  readonly stepPositions?: number | undefined;
  /** Seconds that a client may take to send its headers, or its whole request; > 0, default 15. */
  readonly receiveTimeout?: number | undefined;
  /** Seconds that a client may leave what was sent unread; > 0, default 60. */
  readonly sendTimeout?: number | undefined;
  /** Told of every error that is the server's own; clients read `internal error`. Default: nobody. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A server that listens. */
export interface Server {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /**
   * Ends well: refuses new requests and those that wait (503), finishes what runs, and resolves when the last
   * connection is closed. Idempotent.
   */
  close(): Promise<void>;
  /** Ends at the next step border: as `close`, but what runs is ended with an error. Idempotent. */
  stop(): Promise<void>;
}
