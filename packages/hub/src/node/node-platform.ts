import { readdir } from 'node:fs/promises';
import type { HubPlatform } from '../platform/hub-platform';
import { idsOfFolders } from '../platform/ids-of-folders';
import { nodeSettings } from './node-settings';
import { nodeStore } from './node-store';
import { sendRequest } from './send-request';

/** Node: the Hugging Face cache on disk, which Python's tools share. */
export const nodePlatform: HubPlatform = {
  settings: nodeSettings,
  store: nodeStore,
  modelIds: async (cacheFolder) => idsOfFolders(await readdir(cacheFolder).catch(() => [])),
  send: sendRequest,
  parallelFiles: 3,
  connections: 4,
  storage: async () => ({}),
};
