import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service } from '../request/service';

/** One request and all that its endpoint needs. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly service: Service;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly begin: number;
  /** Aborted when the client leaves, and when the server is stopped. */
  readonly signal: AbortSignal;
}

/** One path of the server. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Whether everybody may ask, also without a key. */
  readonly isOpen?: boolean;
  answer(call: Call): Promise<void> | void;
}
