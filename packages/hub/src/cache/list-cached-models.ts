import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { neededFiles } from '../selection/needed-files';
import { cacheLayout } from './cache-layout';
import { findSnapshot } from './find-snapshot';

/** A model that the cache has something of. */
export interface CacheEntry {
  readonly id: string;
  readonly folder: string;
  /** Of whole files. */
  readonly bytes: number;
  /** Of downloads that were not finished. */
  readonly partialBytes: number;
  /** When one of its files was last read or written, in ms since the epoch (as well as the system notes it). */
  readonly lastUsed: number;
  /** Whether the revision `main` runs without a server; else why not. */
  readonly worksOffline: boolean;
  readonly reason?: string;
}

export interface CacheListing {
  readonly folder: string;
  readonly bytes: number;
  /** The most recently used first. */
  readonly entries: readonly CacheEntry[];
}

/** What the Hugging Face cache has of models, whoever downloaded them. A folder that is not there is an empty cache. */
export async function listCachedModels(options: HubSettingsOptions = {}): Promise<CacheListing> {
  const { cacheFolder } = await hubSettings(options);
  const names = await readdir(cacheFolder).catch(() => []);
  const entries: CacheEntry[] = [];
  for (const name of names) {
    const parts = /^models--([^-](?:(?!--).)*)--((?:(?!--).)+)$/.exec(name);
    if (parts) entries.push(await entryOf(cacheFolder, `${parts[1]}/${parts[2]}`));
  }
  entries.sort((a, b) => b.lastUsed - a.lastUsed);
  return {
    folder: cacheFolder,
    entries,
    bytes: entries.reduce((sum, each) => sum + each.bytes + each.partialBytes, 0),
  };
}

async function entryOf(cacheFolder: string, id: string): Promise<CacheEntry> {
  const layout = cacheLayout(cacheFolder, id);
  let [bytes, partialBytes, lastUsed] = [0, 0, 0];
  for (const blob of await readdir(layout.blobs).catch(() => [])) {
    const found = await stat(join(layout.blobs, blob)).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (/^[0-9a-f]+$/.test(blob)) bytes += found.size;
    else partialBytes += found.size;
    lastUsed = Math.max(lastUsed, found.atimeMs, found.mtimeMs);
  }
  const snapshot = await findSnapshot(layout, 'main');
  const common = { id, folder: layout.folder, bytes, partialBytes, lastUsed };
  if (!snapshot) return { ...common, worksOffline: false, reason: 'no finished download of main' };
  try {
    neededFiles(id, snapshot.paths);
    return { ...common, worksOffline: true };
  } catch (error) {
    return { ...common, worksOffline: false, reason: (error as Error).message };
  }
}
