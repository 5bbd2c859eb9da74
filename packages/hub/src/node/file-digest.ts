import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ChecksumKind } from '../platform/repository-store';

/** The digest of a file on disk as the hub counts it: SHA-256, or git's SHA-1 over `blob SIZE\0` and content. */
export async function fileDigest(path: string, kind: ChecksumKind, signal?: AbortSignal): Promise<string> {
  const hash = createHash(kind === 'sha256' ? 'sha256' : 'sha1');
  if (kind === 'git-blob') hash.update(`blob ${(await stat(path)).size}\0`);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, ...(signal && { signal }) })) {
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}
