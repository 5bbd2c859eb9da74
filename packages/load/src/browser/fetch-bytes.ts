import { NextTokenError } from '@nexttoken/model';
import type { LoadProgress } from '../load/load-types';

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/**
 * Fetches a whole file, or `undefined` where the server has none. A page instead of a file (what single-page servers
 * answer for unknown addresses) counts as none.
 * @throws NextTokenError `file-not-found` when the server cannot be reached or fails; the signal's reason on abort
 */
export async function fetchOptional(
  url: URL,
  { signal, onProgress }: FetchOptions,
): Promise<Uint8Array | undefined> {
  const path = url.href;
  const response = await fetch(url, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new NextTokenError('file-not-found', `${path} cannot be fetched`, { path }, { cause });
  });
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (response.status === 404 || response.status === 410 || (response.ok && isPage)) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) {
    await response.body?.cancel();
    const { status } = response;
    throw new NextTokenError('file-not-found', `${path} cannot be fetched: status ${status}`, {
      path,
      status,
    });
  }
  const total = contentLength(response);
  const file = url.pathname.split('/').at(-1) ?? '';
  const chunks: Uint8Array[] = [];
  let done = 0;
  onProgress?.({ stage: 'download', done, total, file });
  for await (const chunk of readChunks(response)) {
    chunks.push(chunk);
    done += chunk.byteLength;
    onProgress?.({ stage: 'download', done, total, file });
  }
  return join(chunks, done);
}

/** The size that the server announces; 0 where the body is compressed on its way and the size is not the file's. */
function contentLength({ headers }: Response): number {
  return headers.get('content-encoding') === null ? Number(headers.get('content-length') ?? 0) : 0;
}

async function* readChunks({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
