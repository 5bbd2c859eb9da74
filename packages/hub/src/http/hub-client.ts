import type { RequestSender } from '../platform/request-sender';
import { answerError, unreachable } from './hub-error';
import { linkedAbort } from './linked-abort';
import { pause } from './pause';
import { retryDelay } from './retry-delay';
import { unlessAborted } from './unless-aborted';

/** How long a server is borne with. */
export interface Patience {
  /** Tries in a row that may fail before an error is thrown; default 6. */
  readonly attempts?: number;
  /** Shortest and longest wait between two tries, in milliseconds; default 500 and 30,000. */
  readonly shortestWait?: number;
  readonly longestWait?: number;
  /** A server that sends nothing for this long, in milliseconds, counts as gone; default 30,000. */
  readonly stallAfter?: number;
}

export interface HubClientOptions extends Patience {
  readonly endpoint: string;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly send: RequestSender;
}

/** Requests to the hub and to where it sends us. */
export interface HubClient {
  readonly attempts: number;
  readonly stallAfter: number;
  readonly signal: AbortSignal | undefined;
  /** Waits before another try; ends with the reason of `own`, by default the client's signal. */
  wait(attempt: number, response?: Response, own?: AbortSignal): Promise<void>;
  /**
   * One request without any retry.
   * @throws NextTokenError `request-failed` when there is no answer
   */
  once(
    url: string | URL,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response>;
  /**
   * A request that is tried again while the server is busy or unreachable (408, 429, 5xx).
   * @throws NextTokenError `access-denied`, `model-not-found`, `request-failed`
   */
  get(url: string | URL, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** A server that does not answer at all is asked fewer times than a busy one. */
const silentAttempts = 3;

/** Whether another try may help. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

export function hubClient(options: HubClientOptions): HubClient {
  const { endpoint, token, signal, send, attempts = 6, stallAfter = 30_000 } = options;
  const limits = { shortest: options.shortestWait ?? 500, longest: options.longestWait ?? 30_000 };

  const once: HubClient['once'] = async (url, headers = {}, own = signal) => {
    try {
      return await send(new URL(url), headers, { endpoint, token }, own);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  };

  const wait: HubClient['wait'] = async (attempt, response, own = signal) => {
    await pause(retryDelay(attempt, response, limits), own);
    own?.throwIfAborted();
  };

  /** An answer with its whole body read, within the time a silent server gets. */
  async function whole(url: string | URL, headers: Readonly<Record<string, string>>): Promise<Response> {
    const stop = linkedAbort(signal);
    const timer = setTimeout(() => stop.abort(), stallAfter);
    try {
      const response = await once(url, headers, stop.signal);
      const body = await unlessAborted(response.arrayBuffer(), stop.signal).catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw unreachable(url, 'the connection broke', cause);
      });
      const { status, statusText } = response;
      const empty = status === 204 || status === 304;
      return new Response(empty ? null : body, { status, statusText, headers: response.headers });
    } finally {
      clearTimeout(timer);
      stop.unlink();
    }
  }

  async function get(url: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const last = attempt + 1 >= attempts;
      let response: Response | undefined;
      try {
        response = await whole(url, headers);
      } catch (error) {
        signal?.throwIfAborted();
        if (last || attempt + 1 >= silentAttempts) throw error;
      }
      if (response?.ok) return response;
      if (response && (last || !isPassing(response.status))) throw answerError(url, response);
      await wait(attempt, response);
    }
  }

  return { attempts, stallAfter, signal, wait, once, get };
}
