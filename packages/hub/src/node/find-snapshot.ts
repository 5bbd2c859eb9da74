import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Snapshot } from '../platform/repository-store';
import type { CacheLayout } from './cache-layout';

/** The snapshot of a revision in the cache, from this tool or from Python's; `undefined` where there is none. */
export async function findSnapshot(layout: CacheLayout, revision: string): Promise<Snapshot | undefined> {
  const text = await readFile(layout.ref(revision), 'utf8').catch(() => revision);
  const commit = text.trim();
  if (!/^[0-9a-f]{40}$/.test(commit)) return undefined;
  const folder = layout.snapshot(commit);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() && !entry.name.endsWith('.tmp'))
      paths.push(relative(folder, path).split(sep).join('/'));
  }
  return paths.length > 0 ? { commit, folder, paths } : undefined;
}
