import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { ByteSource } from './byte-source';
import { checkRange } from './check-range';
import { unlessAborted } from './unless-aborted';

export interface UrlSourceOptions {
  /** Headers of every request, e.g. `authorization`. Errors never show them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends every request with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * A source over a file behind a URL, read by range requests (RFC 9110, section 14): only the ranges that
 * somebody asks for are transferred. The server must know the file's size and answer ranges; one that sends
 * the whole file instead is refused before its bytes are read. If the file changes meanwhile (another ETag or
 * another size), reading ends with an error instead of a mixture.
 *
 * @param url absolute; its path is the source's name, without query
 * @throws NextTokenError `invalid-parameter` for what is no URL; `request-failed` when the server cannot be
 * reached, answers with an error, or has no ranges; `invalid-file` when the file changed or came short
 */
export async function urlSource(url: string | URL, options: UrlSourceOptions = {}): Promise<ByteSource> {
  const { headers = {}, signal } = options;
  const address = addressOf(url);
  const name = `${address.origin}${address.pathname}`;
  const failed = (what: string, status?: number, cause?: unknown) =>
    new NextTokenError(
      'request-failed',
      `${name}: ${what}`,
      { url: name, ...(status !== undefined && { status }) },
      cause === undefined ? undefined : { cause },
    );

  async function request(first: number, last: number): Promise<Response> {
    const range = `bytes=${first}-${last}`;
    let response: Response;
    try {
      response = await unlessAborted(
        fetch(address, { headers: { ...headers, range }, signal: signal ?? null }),
        signal,
      );
    } catch (cause) {
      signal?.throwIfAborted();
      throw failed('the server cannot be reached', undefined, cause);
    }
    if (response.status === 206) return response;
    discard(response);
    const what = response.ok
      ? 'the server does not answer range requests'
      : `the server answered ${response.status}`;
    throw failed(what, response.status);
  }

  const opened = await request(0, 0);
  const size = Number(/\/(\d+)$/.exec(opened.headers.get('content-range') ?? '')?.[1]);
  const tag = opened.headers.get('etag');
  discard(opened);
  if (!Number.isSafeInteger(size)) throw failed('the server does not tell the size of the file', 206);

  let closed = false;
  return {
    name,
    size,
    async read(offset, length) {
      if (closed) throw new NextTokenError('disposed', `${name} was closed before`, { path: name });
      checkRange(name, size, offset, length);
      if (length === 0) return new Uint8Array(0);
      const response = await request(offset, offset + length - 1);
      const total = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
      const same = total && Number(total[1]) === offset && Number(total[2]) === size;
      if (!same || response.headers.get('etag') !== tag) {
        discard(response);
        throw new NextTokenError('invalid-file', `${name} changed while it was read`, { path: name });
      }
      return wholeBody(response, length);
    },
    async close() {
      closed = true;
    },
  };

  async function wholeBody(response: Response, length: number): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await unlessAborted(response.arrayBuffer(), signal));
    } catch (cause) {
      signal?.throwIfAborted();
      throw failed('the connection broke while it was read', 206, cause);
    }
    if (bytes.length === length) return bytes;
    const message = `${name}: ${bytes.length} bytes came instead of ${length}`;
    throw new NextTokenError('invalid-file', message, { path: name, missing: length - bytes.length });
  }
}

/** Ends an answer whose body nobody wants, without waiting for the connection. */
function discard(response: Response): void {
  void response.body?.cancel().catch(() => undefined);
}

function addressOf(url: string | URL): URL {
  try {
    const address = new URL(url);
    if (address.protocol === 'http:' || address.protocol === 'https:') return address;
  } catch {
    // told below
  }
  throw invalidParameter('urlSource', 'url', String(url), 'an absolute http(s) URL');
}
