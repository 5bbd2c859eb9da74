import { join } from 'node:path';
import { folderOf } from '../platform/folder-of';
import type { RepositoryKind } from '../platform/repository-store';

/** Where a repository's files lie in the Hugging Face cache, which Python's tools share. */
export interface CacheLayout {
  /** `models--organisation--name`, `datasets--organisation--name`. */
  readonly folder: string;
  /** Contents, named by their checksum. */
  readonly blobs: string;
  /** One folder a commit, of links to blobs under the repository's file names. */
  snapshot(commit: string): string;
  /** A file that holds the commit a branch or tag stood for. */
  ref(revision: string): string;
}

export function cacheLayout(cacheFolder: string, id: string, kind: RepositoryKind): CacheLayout {
  const folder = join(cacheFolder, folderOf(id, kind));
  return {
    folder,
    blobs: join(folder, 'blobs'),
    snapshot: (commit) => join(folder, 'snapshots', commit),
    ref: (revision) => join(folder, 'refs', ...revision.split('/')),
  };
}
