import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { checkModelId } from '../download/model-id';
import { type HubSettingsOptions, hubSettings } from '../environment/hub-settings';
import { fileDigest } from '../transfer/checksum';
import { cacheLayout } from './cache-layout';

export interface VerifiedModel {
  readonly id: string;
  /** Contents whose bytes have the checksum that is their name. */
  readonly good: number;
  /** Paths of those whose bytes have not. */
  readonly wrong: readonly string[];
}

/**
 * Reads every content of a cached model and compares it with the checksum it is named by.
 * @throws NextTokenError `offline` when the cache has nothing of it; the signal's reason on abort
 */
export async function verifyCachedModel(
  id: string,
  options: HubSettingsOptions & { readonly signal?: AbortSignal } = {},
): Promise<VerifiedModel> {
  checkModelId(id);
  const { signal, ...settings } = options;
  const { cacheFolder } = await hubSettings(settings);
  const { blobs, folder } = cacheLayout(cacheFolder, id);
  const names = (await readdir(blobs).catch(() => [])).filter((name) =>
    /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(name),
  );
  if (names.length === 0) throw notCached(id, folder);
  const wrong: string[] = [];
  for (const name of names) {
    signal?.throwIfAborted();
    const path = join(blobs, name);
    if ((await fileDigest(path, name.length === 64 ? 'sha256' : 'git-blob', signal)) !== name)
      wrong.push(path);
  }
  return { id, good: names.length - wrong.length, wrong };
}

/** The error for a model that the cache has nothing of. */
export function notCached(id: string, folder: string): NextTokenError {
  return new NextTokenError('offline', `${id} is not in the cache: there is no ${folder}`, {
    name: id,
    path: folder,
  });
}
