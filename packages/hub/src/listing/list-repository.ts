import { datasetInfo, listFiles, modelInfo } from '@huggingface/hub';
import { NextTokenError } from '@nexttoken/model';
import type { HubClient } from '../http/hub-client';
import type { RepositoryKind } from '../platform/repository-store';
import { checkPath } from './check-path';

/** A file as the hub announces it. */
export interface RepositoryFile {
  readonly path: string;
  readonly size: number;
  /** What the content must hash to: SHA-256 for large files (LFS, Xet), git's blob hash for small ones. */
  readonly checksum: { readonly kind: 'sha256' | 'git-blob'; readonly digest: string };
}

export interface Repository {
  /** The commit that the revision names now, 40 hexadecimal digits. */
  readonly commit: string;
  readonly files: readonly RepositoryFile[];
}

/**
 * What a repository holds at a revision. Names, sizes and digests are checked before anybody uses them.
 * @throws NextTokenError `access-denied`, `model-not-found`, `request-failed`; `unsafe-path`, `invalid-file`
 *   for an answer that makes no sense
 */
export async function listRepository(
  client: HubClient,
  endpoint: string,
  kind: RepositoryKind,
  id: string,
  revision: string,
): Promise<Repository> {
  const common = {
    hubUrl: endpoint,
    // The client decides about tokens, retries and redirects.
    fetch: ((url: string) => client.get(url, { accept: 'application/json' })) as typeof fetch,
  };
  const invalid = (what: string) =>
    new NextTokenError('invalid-file', `${endpoint}: the listing of ${id} has ${what}`, { path: id });
  try {
    const wanted = { ...common, name: id, revision };
    const { sha } =
      kind === 'model'
        ? await modelInfo({ ...wanted, additionalFields: ['sha'] })
        : await datasetInfo({ ...wanted, additionalFields: ['sha'] });
    if (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha)) throw invalid('no commit');
    const files: RepositoryFile[] = [];
    for await (const entry of listFiles({
      ...common,
      repo: { type: kind, name: id },
      revision: sha,
      recursive: true,
    })) {
      if (entry?.type !== 'file') continue;
      const { path, size, lfs, oid } = entry;
      if (typeof path !== 'string') throw invalid('a file without a name');
      checkPath(path);
      const bytes = lfs?.size ?? size;
      if (!Number.isSafeInteger(bytes) || bytes < 0) throw invalid(`no size for ${path}`);
      const digest = lfs ? lfs.oid : oid;
      const length = lfs ? 64 : 40;
      if (typeof digest !== 'string' || digest.length !== length || !/^[0-9a-f]+$/.test(digest)) {
        throw invalid(`no checksum for ${path}`);
      }
      files.push({ path, size: bytes, checksum: { kind: lfs ? 'sha256' : 'git-blob', digest } });
    }
    return { commit: sha, files };
  } catch (error) {
    if (error instanceof NextTokenError || (error as Error).name === 'AbortError') throw error;
    throw new NextTokenError(
      'request-failed',
      `${endpoint}: the listing of ${id} cannot be read`,
      { url: endpoint },
      { cause: error },
    );
  }
}
