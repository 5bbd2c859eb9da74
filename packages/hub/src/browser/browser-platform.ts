import type { HubPlatform } from '../platform/hub-platform';
import { idsOfFolders } from '../platform/ids-of-folders';
import { browserSettings } from './browser-settings';
import { browserStore } from './browser-store';
import { fetchRequest } from './fetch-request';
import { openFolder } from './open-folder';
import { storageRoom } from './storage-room';

/** Browsers: the origin private file system. At most four connections: over HTTP/1.1 a browser opens six to a host. */
export const browserPlatform: HubPlatform = {
  settings: browserSettings,
  store: browserStore,
  async modelIds(cacheFolder) {
    const names: string[] = [];
    for await (const name of (await openFolder([cacheFolder]))?.keys() ?? []) names.push(name);
    return idsOfFolders(names);
  },
  send: fetchRequest,
  parallelFiles: 2,
  connections: 2,
  storage: storageRoom,
};
