import type { HubSettings, HubSettingsOptions } from './hub-settings';
import type { RepositoryKind, RepositoryStore } from './repository-store';
import type { RequestSender } from './request-sender';

/** What Node and browsers do each in their own way. */
export interface HubPlatform {
  settings(options: HubSettingsOptions): Promise<HubSettings>;
  store(cacheFolder: string, id: string, kind: RepositoryKind): RepositoryStore;
  /** Ids of the models that the cache has something of. */
  modelIds(cacheFolder: string): Promise<readonly string[]>;
  readonly send: RequestSender;
  /** Files at once, and connections for a large one. */
  readonly parallelFiles: number;
  readonly connections: number;
  /** Bytes that can be stored now, where the platform tells; asks for lasting storage before `forDownload`. */
  storage(forDownload: boolean): Promise<StorageRoom>;
}

export interface StorageRoom {
  /** Browser: what the estimate leaves. */
  readonly availableBytes?: number;
  /** Browser: whether the browser promised not to clear it by itself. */
  readonly isPersistent?: boolean;
}
