import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettingsOptions } from '../platform/hub-settings';
import type { RepositoryStore } from '../platform/repository-store';
import { neededFiles } from '../selection/needed-files';

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
  /** Browser: what may still be stored, by the browser's own estimate. */
  readonly availableBytes?: number;
  /** Browser: whether it promised not to clear the cache by itself. */
  readonly isPersistent?: boolean;
}

export async function listModels(platform: HubPlatform, options: HubSettingsOptions): Promise<CacheListing> {
  const { cacheFolder } = await platform.settings(options);
  const entries: CacheEntry[] = [];
  for (const id of await platform.modelIds(cacheFolder))
    entries.push(await entryOf(platform.store(cacheFolder, id, 'model'), id));
  entries.sort((a, b) => b.lastUsed - a.lastUsed);
  return {
    folder: cacheFolder,
    entries,
    bytes: entries.reduce((sum, each) => sum + each.bytes + each.partialBytes, 0),
    ...(await platform.storage(false)),
  };
}

async function entryOf(store: RepositoryStore, id: string): Promise<CacheEntry> {
  let [bytes, partialBytes, lastUsed] = [0, 0, 0];
  for (const content of await store.contents()) {
    if (content.isWhole) bytes += content.size;
    else partialBytes += content.size;
    lastUsed = Math.max(lastUsed, content.lastUsed);
  }
  const snapshot = await store.findSnapshot('main');
  const common = { id, folder: store.folder, bytes, partialBytes, lastUsed };
  if (!snapshot) return { ...common, worksOffline: false, reason: 'no finished download of main' };
  try {
    neededFiles(id, snapshot.paths);
    return { ...common, worksOffline: true };
  } catch (error) {
    return { ...common, worksOffline: false, reason: (error as Error).message };
  }
}
