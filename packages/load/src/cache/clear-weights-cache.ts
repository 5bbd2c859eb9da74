import { unlink } from 'node:fs/promises';
import { scanCache } from './scan-cache';
import { weightsCacheFolder } from './weights-cache-folder';
import type { WeightsCacheClearing, WeightsCacheEntry, WeightsCacheOptions } from './weights-cache-types';

/**
 * Removes all cached weights, except those that a running process uses. They are written again when needed;
 * only files that the cache itself made are touched.
 */
export async function clearWeightsCache(options: WeightsCacheOptions = {}): Promise<WeightsCacheClearing> {
  const folder = weightsCacheFolder(options.cacheFolder);
  const { entries } = await scanCache(folder);
  const removed: WeightsCacheEntry[] = [];
  const kept: WeightsCacheEntry[] = [];
  for (const entry of entries) {
    const gone =
      !entry.inUse &&
      (await unlink(entry.path).then(
        () => true,
        () => false,
      ));
    (gone ? removed : kept).push(entry);
  }
  return { folder, removed, kept };
}
