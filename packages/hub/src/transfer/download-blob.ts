import { NextTokenError } from '@nexttoken/model';
import type { HubClient } from '../http/hub-client';
import { unreachable } from '../http/hub-error';
import { linkedAbort } from '../http/linked-abort';
import type { RepositoryFile } from '../listing/list-repository';
import type { RepositoryStore } from '../platform/repository-store';
import { fetchSegment, NoRanges } from './fetch-segment';
import { openPartFile, type PartFile } from './part-file';

interface BlobRequest {
  readonly client: HubClient;
  readonly url: string;
  readonly file: RepositoryFile;
  readonly store: RepositoryStore;
  /** Connections for one large file. */
  readonly connections: number;
  /** Bytes of this file that are stored now, and whether they were before; fewer when a file is begun again. */
  readonly onBytes: (bytes: number, isOld: boolean) => void;
}

/** Below this a file is not cut: a second connection would cost more than it brings. */
const smallestSegment = 4 << 20;

/**
 * Brings a file's content into the store, named by its checksum. It gets that name only after its bytes were
 * checked; until then it is a part that another run goes on with.
 * @throws NextTokenError `checksum-mismatch` when the bytes are wrong twice; `cache-failed` for full or read-only
 *   storage; and all of `fetchSegment`
 */
export async function downloadBlob(request: BlobRequest): Promise<void> {
  const { client, file, store, onBytes } = request;
  try {
    await store.inTurn(
      file.checksum.digest,
      () => store.holds(file),
      () => bring(request),
      client.signal,
    );
  } catch (error) {
    throw store.failure(error, file) ?? error;
  }
  onBytes(file.size, true);
}

async function bring(request: BlobRequest): Promise<void> {
  const { client, file, store, connections } = request;
  const { path, checksum } = file;
  for (let attempt = 0; attempt < 2; attempt++) {
    const part = await openPartFile(store, file, connections, smallestSegment);
    try {
      await fill(part, request);
      if ((await part.digest(checksum.kind, client.signal)) === checksum.digest) return await part.finish();
      await part.remove();
    } finally {
      await part.close();
    }
  }
  const message = `${path}: the bytes that came do not have the checksum ${checksum.digest}`;
  throw new NextTokenError('checksum-mismatch', message, { path, expected: checksum.digest });
}

/** Fills all segments; a server without ranges gets as many tries at the whole file as it gets for anything. */
async function fill(part: PartFile, request: BlobRequest): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fillSegments(part, request);
    } catch (error) {
      if (!(error instanceof NoRanges)) throw error;
      if (attempt >= request.client.attempts)
        throw unreachable(request.url, 'the server ignores range requests and never sends the whole file');
      await part.restart();
    }
  }
}

async function fillSegments(part: PartFile, { client, url, file, onBytes }: BlobRequest): Promise<void> {
  const report = (isOld: boolean) =>
    onBytes(
      part.segments.reduce((sum, { done }) => sum + done, 0),
      isOld,
    );
  report(true);
  const stop = linkedAbort(client.signal);
  const results = await Promise.allSettled(
    part.segments.map((segment) =>
      fetchSegment({
        client: { ...client, signal: stop.signal },
        url,
        size: file.size,
        segment,
        write: async (bytes) => {
          await part.write(segment, bytes);
          report(false);
        },
      }).catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
  stop.unlink();
  client.signal?.throwIfAborted();
  if (results.some(({ status }) => status === 'rejected')) throw stop.signal.reason;
}
