import { NextTokenError } from '@nexttoken/model';
import { checkModelId } from '../download/model-id';
import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettingsOptions } from '../platform/hub-settings';
import { notCached } from './not-cached';

export async function removeModel(
  platform: HubPlatform,
  id: string,
  options: HubSettingsOptions,
): Promise<void> {
  checkModelId(id);
  const { cacheFolder } = await platform.settings(options);
  const store = platform.store(cacheFolder, id, 'model');
  const { folder } = store;
  if (!(await store.exists())) throw notCached(id, folder);
  const failed = (why: string, cause?: unknown) =>
    new NextTokenError('cache-failed', `${folder} cannot be removed: ${why}`, { path: folder }, { cause });
  const removed = await store.remove().catch((cause: Error) => {
    throw failed(cause.message, cause);
  });
  if (!removed) throw failed('it is downloaded now');
}
