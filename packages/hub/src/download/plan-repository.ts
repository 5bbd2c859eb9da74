import { type HubClient, hubClient } from '../http/hub-client';
import { listRepository, type RepositoryFile } from '../listing/list-repository';
import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettings } from '../platform/hub-settings';
import type { RepositoryKind } from '../platform/repository-store';
import { checkModelId, checkRevision } from './model-id';
import type { RepositoryOptions } from './repository-options';

/** Picks the files that are wanted from all names; throws where there are none. */
export type Choose = (paths: readonly string[]) => readonly string[];

/** What a download would bring. */
export interface DownloadPlan {
  readonly id: string;
  readonly commit: string;
  readonly files: readonly PlannedFile[];
  readonly totalBytes: number;
  /** What the cache does not have yet. */
  readonly missingBytes: number;
  /** Browser: what may still be stored here, by the browser's own estimate. */
  readonly availableBytes?: number;
}

export interface PlannedFile {
  readonly path: string;
  readonly bytes: number;
  /** Bytes that the cache has of it. */
  readonly cachedBytes: number;
}

/** A plan, and what carrying it out takes. */
export interface RepositoryPlan extends DownloadPlan {
  readonly client: HubClient;
  readonly needed: readonly RepositoryFile[];
  /** Bytes that the storage has to grow by. */
  readonly neededRoom: number;
}

/** Asks the hub what a repository holds, chooses, and looks what the cache has of that. */
export async function planRepository(
  platform: HubPlatform,
  kind: RepositoryKind,
  id: string,
  choose: Choose,
  { endpoint, cacheFolder, token }: HubSettings,
  options: RepositoryOptions,
): Promise<RepositoryPlan> {
  checkModelId(id);
  const revision = checkRevision(options.revision ?? 'main');
  const client = hubClient({ ...options, endpoint, token, send: platform.send });
  const { commit, files } = await listRepository(client, endpoint, kind, id, revision);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const needed = choose([...byPath.keys()]).map((path) => byPath.get(path)!);
  const contents = await platform.store(cacheFolder, id, kind).contents();
  const cached = new Map(contents.map((content) => [content.name, content]));
  const planned = needed.map(({ path, size, checksum }) => ({
    path,
    bytes: size,
    cachedBytes: Math.min(size, cached.get(checksum.digest)?.size ?? 0),
  }));
  const totalBytes = planned.reduce((sum, { bytes }) => sum + bytes, 0);
  const cachedBytes = planned.reduce((sum, file) => sum + file.cachedBytes, 0);
  const neededRoom = needed.reduce(
    (sum, { size, checksum }) => sum + Math.max(0, size - (cached.get(checksum.digest)?.occupied ?? 0)),
    0,
  );
  const { availableBytes } = await platform.storage(false);
  return {
    id,
    commit,
    files: planned,
    totalBytes,
    missingBytes: totalBytes - cachedBytes,
    ...(availableBytes !== undefined && { availableBytes }),
    client,
    needed,
    neededRoom,
  };
}
