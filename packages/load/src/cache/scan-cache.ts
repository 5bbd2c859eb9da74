import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCacheName } from './cache-names';
import { ownerIsAlive } from './owner-is-alive';
import type { WeightsCacheEntry } from './weights-cache-types';

export interface CacheScan {
  readonly entries: readonly WeightsCacheEntry[];
  /** Bytes that running processes have written so far to files that are not finished. */
  readonly unfinishedBytes: number;
}

/** Reads the cache folder and removes what dead processes left in it. A missing folder is an empty cache. */
export async function scanCache(folder: string): Promise<CacheScan> {
  const used = new Set<string>();
  const found: Omit<WeightsCacheEntry, 'inUse'>[] = [];
  let unfinishedBytes = 0;
  for (const file of await readdir(folder).catch(noFolder)) {
    const name = parseCacheName(file);
    if (!name) continue;
    const path = join(folder, file);
    const status = await stat(path).catch(() => undefined);
    if (!status) continue;
    if (!name.owner) {
      found.push({ key: name.key, path, bytes: status.size, lastUsed: status.mtimeMs });
    } else if (!ownerIsAlive(name.owner, status.mtimeMs)) {
      await unlink(path).catch(() => undefined);
    } else if (name.kind === 'temporary') {
      unfinishedBytes += status.size;
    } else {
      used.add(name.key);
    }
  }
  return { entries: found.map((entry) => ({ ...entry, inUse: used.has(entry.key) })), unfinishedBytes };
}

function noFolder(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
