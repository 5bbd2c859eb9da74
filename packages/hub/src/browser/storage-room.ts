import type { StorageRoom } from '../platform/hub-platform';

/** What the browser says about room; before a download it is asked not to clear the storage by itself. */
export async function storageRoom(forDownload: boolean): Promise<StorageRoom> {
  const storage = globalThis.navigator?.storage;
  if (forDownload) await storage?.persist?.().catch(() => false);
  const isPersistent = await storage?.persisted?.().catch(() => undefined);
  const { quota, usage } = (await storage?.estimate?.().catch(() => undefined)) ?? {};
  return {
    ...(quota !== undefined && { availableBytes: Math.max(0, quota - (usage ?? 0)) }),
    ...(isPersistent !== undefined && { isPersistent }),
  };
}
