import { checkModelId } from '../download/model-id';
import type { HubPlatform } from '../platform/hub-platform';
import type { HubSettingsOptions } from '../platform/hub-settings';
import { notCached } from './not-cached';

export interface VerifiedModel {
  readonly id: string;
  /** Contents whose bytes have the checksum that is their name. */
  readonly good: number;
  /** Paths of those whose bytes have not. */
  readonly wrong: readonly string[];
}

export interface VerifyOptions extends HubSettingsOptions {
  readonly signal?: AbortSignal;
}

export async function verifyModel(
  platform: HubPlatform,
  id: string,
  options: VerifyOptions,
): Promise<VerifiedModel> {
  checkModelId(id);
  const { signal, ...settings } = options;
  const { cacheFolder } = await platform.settings(settings);
  const store = platform.store(cacheFolder, id, 'model');
  const contents = (await store.contents()).filter(({ isWhole }) => isWhole);
  if (contents.length === 0) throw notCached(id, store.folder);
  const wrong: string[] = [];
  for (const { name, path } of contents) {
    signal?.throwIfAborted();
    if ((await store.digestOf(name, signal)) !== name) wrong.push(path);
  }
  return { id, good: contents.length - wrong.length, wrong };
}
