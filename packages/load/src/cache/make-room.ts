import { unlink } from 'node:fs/promises';
import { cacheFailed } from './cache-failed';
import { scanCache } from './scan-cache';

/**
 * Removes the least recently used weights until `needed` more bytes fit under `limit`; those that a running process
 * uses stay.
 * @param key weights that are about to be replaced: their present bytes do not count
 * @throws NextTokenError `cache-failed` when they cannot fit; then nothing was removed
 */
export async function makeRoom(folder: string, key: string, needed: number, limit: number): Promise<void> {
  const { entries, unfinishedBytes } = await scanCache(folder);
  const others = entries.filter((entry) => entry.key !== key);
  const fixed = others
    .filter((entry) => entry.inUse)
    .reduce((sum, entry) => sum + entry.bytes, unfinishedBytes);
  if (fixed + needed > limit) {
    const inUse = fixed > 0 ? `, ${fixed} bytes are in use` : '';
    throw cacheFailed(folder, `${needed} bytes do not fit, the limit is ${limit} bytes${inUse}`, {
      needed,
      limit,
      inUse: fixed,
    });
  }
  const removable = others.filter((entry) => !entry.inUse).sort((a, b) => a.lastUsed - b.lastUsed);
  let total = removable.reduce((sum, entry) => sum + entry.bytes, fixed);
  for (const entry of removable) {
    if (total + needed <= limit) return;
    await unlink(entry.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT')
        throw cacheFailed(entry.path, 'cannot be removed', { needed, limit }, error);
    });
    total -= entry.bytes;
  }
}
