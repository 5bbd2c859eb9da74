import { scanCache } from './scan-cache';
import { weightsCacheFolder } from './weights-cache-folder';
import type { WeightsCacheListing, WeightsCacheOptions } from './weights-cache-types';

/**
 * What the weights cache holds, the most recently used first. Left-overs of dead processes are removed on the way.
 * A folder that does not exist is an empty cache.
 */
export async function listWeightsCache(options: WeightsCacheOptions = {}): Promise<WeightsCacheListing> {
  const folder = weightsCacheFolder(options.cacheFolder);
  const { entries } = await scanCache(folder);
  return {
    folder,
    entries: [...entries].sort((a, b) => b.lastUsed - a.lastUsed),
    bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
  };
}
