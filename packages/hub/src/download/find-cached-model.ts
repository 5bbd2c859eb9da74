import { cacheLayout } from '../cache/cache-layout';
import { findSnapshot } from '../cache/find-snapshot';
import { type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { neededFiles, type WeightsChoice } from '../selection/needed-files';
import { checkModelId, checkRevision } from './model-id';

/** What the cache has of a model. */
export interface CachedModel {
  readonly commit: string;
  readonly folder: string;
  /** Whether everything that running it needs is there. */
  readonly isComplete: boolean;
}

/**
 * A model as the cache has it, from this package or from Python's tools; asks no server.
 * @returns `undefined` where the cache has nothing of it
 * @throws NextTokenError `invalid-parameter`
 */
export async function findCachedModel(
  id: string,
  options: HubSettingsOptions & WeightsChoice & { readonly revision?: string } = {},
): Promise<CachedModel | undefined> {
  checkModelId(id);
  const { cacheFolder } = await hubSettings(options);
  const snapshot = await findSnapshot(
    cacheLayout(cacheFolder, id),
    checkRevision(options.revision ?? 'main'),
  );
  if (!snapshot) return undefined;
  let isComplete = true;
  try {
    neededFiles(id, snapshot.paths, options);
  } catch {
    isComplete = false;
  }
  return { commit: snapshot.commit, folder: snapshot.folder, isComplete };
}
