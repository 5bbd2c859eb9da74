import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { checkModelId } from '../download/model-id';
import { type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { isAbandoned } from './blob-lock';
import { cacheLayout } from './cache-layout';
import { notCached } from './verify-cached-model';

/**
 * Removes all that the cache has of a model: all revisions, unfinished downloads too.
 * @throws NextTokenError `offline` when the cache has nothing of it; `cache-failed` while a process downloads it, or
 *   when the folder cannot be removed
 */
export async function removeCachedModel(id: string, options: HubSettingsOptions = {}): Promise<void> {
  checkModelId(id);
  const { cacheFolder } = await hubSettings(options);
  const { folder, blobs } = cacheLayout(cacheFolder, id);
  if (!(await stat(folder).catch(() => undefined))) throw notCached(id, folder);
  const failed = (why: string, cause?: unknown) =>
    new NextTokenError('cache-failed', `${folder} cannot be removed: ${why}`, { path: folder }, { cause });
  for (const name of await readdir(blobs).catch(() => [])) {
    if (name.endsWith('.nexttoken-lock') && !(await isAbandoned(join(blobs, name)))) {
      throw failed('another process downloads it now');
    }
  }
  const away = join(cacheFolder, `.removed-${process.pid}-${Date.now()}`);
  try {
    await rename(folder, away);
    await rm(away, { recursive: true, force: true });
  } catch (cause) {
    throw failed((cause as Error).message, cause);
  }
}
