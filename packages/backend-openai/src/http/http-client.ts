import { NextTokenError } from '@nexttoken/model';
import { isTransient, retryDelay } from './retry-delay';
import { errorOfAnswer } from './server-error';
import type { ServerOptions } from './server-options';

/** Asks one server. */
export interface HttpClient {
  /**
   * Sends a request; repeats it where it fails before the answer begins.
   * @param body JSON; absent: a GET
   * @returns an answer with a good status
   * @throws NextTokenError `request-failed`, `access-denied`, `context-overflow`; the signal's reason
   */
  send(path: string, body: unknown, signal: AbortSignal): Promise<Response>;
  /** The pieces of an answer's body, with a limit of time between two of them. */
  pieces(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /** An error's text without anything secret. */
  redact(text: string): string;
}

/** Waits; rejects with the signal's reason. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Runs work under the signal and a limit of time. */
async function within<Result>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
  late: () => Error,
): Promise<Result> {
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  if (signal.aborted) throw signal.reason;
  signal.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(() => controller.abort(late()), seconds * 1000);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', follow);
  }
}

/** @param options as checked */
export function createHttpClient(options: ServerOptions): HttpClient {
  const { apiKey, headers = {}, maxRetries = 2, timeout = 120, idleTimeout = 120 } = options;
  const ask = options.fetch ?? globalThis.fetch;
  const base = options.baseURL.replace(/\/+$/, '');
  const secrets = [...(apiKey === undefined ? [] : [apiKey]), ...Object.values(headers)].filter(
    (text) => text.length > 3,
  );
  const redact = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

  const failed = (path: string, reason: string, status?: number): NextTokenError => {
    const details = { url: base + path, ...(status !== undefined && { status }), reason: redact(reason) };
    return new NextTokenError('request-failed', `${base}${path}: ${details.reason}`, details);
  };

  async function attempt(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const init: RequestInit = {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A key must not follow to another server.
      redirect: 'error',
    };
    const late = (): Error => failed(path, `no answer within ${timeout} s`);
    try {
      return await within(timeout, signal, (inner) => ask(base + path, { ...init, signal: inner }), late);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (NextTokenError.isInstance(error)) throw error;
      const { cause, message } = error as { message?: string; cause?: { code?: unknown; message?: unknown } };
      throw failed(path, String(cause?.code ?? cause?.message ?? message ?? 'the connection failed'));
    }
  }

  return {
    redact,
    async send(path, body, signal) {
      for (let count = 0; ; count++) {
        let error: NextTokenError;
        let retryAfter: string | null = null;
        try {
          const response = await attempt(path, body, signal);
          if (response.ok) return response;
          const text = await within(
            idleTimeout,
            signal,
            () => response.text(),
            () => failed(path, 'the answer stopped'),
          );
          error = errorOfAnswer(base + path, response.status, redact(text));
          if (!isTransient(response.status)) throw error;
          retryAfter = response.headers.get('retry-after');
        } catch (caught) {
          if (signal.aborted) throw signal.reason;
          if (!NextTokenError.isInstance(caught) || caught.code !== 'request-failed') throw caught;
          const { status } = caught.details;
          if (typeof status === 'number' && !isTransient(status)) throw caught;
          error = caught;
        }
        if (count >= maxRetries) throw error;
        await pause(retryDelay(count, retryAfter), signal);
      }
    },
    async *pieces(response, signal) {
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const path = new URL(response.url || base).pathname;
      try {
        for (;;) {
          const late = (): Error => failed(path, `nothing came for ${idleTimeout} s`);
          const next = await within(
            idleTimeout,
            signal,
            (inner) =>
              new Promise<ReadableStreamReadResult<Uint8Array>>((resolve, reject) => {
                inner.addEventListener('abort', () => reject(inner.reason), { once: true });
                reader.read().then(resolve, reject);
              }),
            late,
          ).catch((error: unknown) => {
            if (signal.aborted) throw signal.reason;
            if (NextTokenError.isInstance(error)) throw error;
            throw failed(path, 'the connection broke in the middle of the answer');
          });
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await reader.cancel().catch(() => undefined);
      }
    },
  };
}
