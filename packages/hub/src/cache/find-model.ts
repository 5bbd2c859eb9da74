import { checkModelId, checkRevision } from '../download/model-id';
import { checkPath } from '../listing/check-path';
import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettingsOptions } from '../platform/hub-settings';
import { neededFiles, type WeightsChoice } from '../selection/needed-files';
import { notCached } from './not-cached';

/** What the cache has of a model. */
export interface CachedModel {
  readonly commit: string;
  readonly folder: string;
  /** Names of the files that are there. */
  readonly paths: readonly string[];
  /** Whether everything that running it needs is there. */
  readonly isComplete: boolean;
}

export interface FindOptions extends HubSettingsOptions, WeightsChoice {
  /** Branch, tag or commit; default `main`. */
  readonly revision?: string;
}

export async function findModel(
  platform: HubPlatform,
  id: string,
  options: FindOptions,
): Promise<CachedModel | undefined> {
  checkModelId(id);
  const { cacheFolder } = await platform.settings(options);
  const store = platform.store(cacheFolder, id, 'model');
  const snapshot = await store.findSnapshot(checkRevision(options.revision ?? 'main'));
  if (!snapshot) return undefined;
  let isComplete = true;
  try {
    neededFiles(id, snapshot.paths, options);
  } catch {
    isComplete = false;
  }
  return { ...snapshot, isComplete };
}

export async function openModelFile(
  platform: HubPlatform,
  id: string,
  path: string,
  options: FindOptions,
): Promise<Blob> {
  checkModelId(id);
  const { cacheFolder } = await platform.settings(options);
  const store = platform.store(cacheFolder, id, 'model');
  const revision = checkRevision(options.revision ?? 'main');
  const snapshot = await store.findSnapshot(revision);
  if (!snapshot) throw notCached(id, store.folder);
  return store.openFile(snapshot.commit, checkPath(path));
}
