import type { RepositoryKind } from './repository-store';

/** The name of a repository's folder in a cache. */
export function folderOf(id: string, kind: RepositoryKind): string {
  return `${kind}s--${id.replace('/', '--')}`;
}
