import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { withBlobLock } from '../cache/blob-lock';
import type { HubClient } from '../http/hub-client';
import { linkedAbort } from '../http/linked-abort';
import type { RepositoryFile } from '../listing/list-repository';
import { fileDigest } from './checksum';
import { fetchSegment, NoRanges } from './fetch-segment';
import { openPartFile, removePartFile } from './part-file';

interface BlobRequest {
  readonly client: HubClient;
  readonly url: string;
  readonly file: RepositoryFile;
  readonly blobs: string;
  /** Connections for one large file. */
  readonly connections: number;
  /** Bytes of this file that are on disk now, and whether they were before; fewer when a file is begun again. */
  readonly onBytes: (bytes: number, isOld: boolean) => void;
}

/** Below this a file is not cut: a second connection would cost more than it brings. */
const smallestSegment = 4 << 20;

const isThere = (path: string, size: number) =>
  stat(path).then(
    (found) => found.size === size,
    () => false,
  );

/**
 * Brings a file's content into `blobs`, named by its checksum, and returns its path. It gets that name only
 * after its bytes were checked; until then it is a part file that another run goes on with.
 * @throws NextTokenError `checksum-mismatch` when the bytes are wrong twice; `cache-failed` for a full or
 *   read-only disk; and all of `fetchSegment`
 */
export async function downloadBlob(request: BlobRequest): Promise<string> {
  const { client, file, blobs, onBytes } = request;
  const blob = join(blobs, file.checksum.digest);
  try {
    await mkdir(blobs, { recursive: true });
    await withBlobLock(
      `${blob}.nexttoken-lock`,
      () => isThere(blob, file.size),
      () => bring(request, blob),
      client.signal,
    );
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (!['ENOSPC', 'EACCES', 'EROFS', 'EPERM', 'EDQUOT'].includes(code ?? '')) throw cause;
    const message = `${blob} cannot be written: ${code}`;
    throw new NextTokenError('cache-failed', message, { path: blob, needed: file.size }, { cause });
  }
  onBytes(file.size, true);
  return blob;
}

async function bring(request: BlobRequest, blob: string): Promise<void> {
  const { client, file } = request;
  const part = `${blob}.nexttoken-part`;
  for (let attempt = 0; attempt < 2; attempt++) {
    await fill(request, part);
    if ((await fileDigest(part, file.checksum.kind, client.signal)) === file.checksum.digest) {
      const handle = await open(part, 'r+');
      await handle.sync().finally(() => handle.close());
      await rename(part, blob);
      return removePartFile(part);
    }
    await removePartFile(part);
  }
  const { path, checksum } = file;
  throw new NextTokenError(
    'checksum-mismatch',
    `${path}: the bytes that came do not have the checksum ${checksum.digest}`,
    {
      path,
      expected: checksum.digest,
    },
  );
}

async function fill({ client, url, file, connections, onBytes }: BlobRequest, part: string): Promise<void> {
  const target = await openPartFile(part, file.size, connections, smallestSegment);
  const report = (isOld: boolean) =>
    onBytes(
      target.segments.reduce((sum, { done }) => sum + done, 0),
      isOld,
    );
  const all = async () => {
    report(true);
    const stop = linkedAbort(client.signal);
    const results = await Promise.allSettled(
      target.segments.map((segment) =>
        fetchSegment({
          client: { ...client, signal: stop.signal },
          url,
          size: file.size,
          segment,
          write: async (bytes) => {
            await target.write(segment, bytes);
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
  };
  try {
    await all().catch(async (error: unknown) => {
      if (!(error instanceof NoRanges)) throw error;
      await target.restart();
      await all();
    });
  } finally {
    await target.close();
  }
}
