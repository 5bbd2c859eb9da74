import { downloadModel, findCachedModel, hubSettings, isModelId } from '@nexttoken/hub';
import { NextTokenError } from '@nexttoken/model';
import type { HubOptions, LoadOptions } from '../load/load-types';
import { downloadChosen, type HubChoice, hubChoices } from './hub-weights';

/** What is wanted of a model on the hub. */
export interface HubRequest extends Pick<LoadOptions, 'dtype' | 'offline' | 'hub' | 'signal' | 'onProgress'> {
  /** Without weights: for a tokenizer. */
  readonly isTokenizerOnly?: boolean;
}

/** A model of the hub as the cache has it now. */
export interface HubModel {
  readonly origin: 'hub-cache' | 'hub';
  readonly modelId: string;
  readonly commit: string;
  /** Of the cache. */
  readonly path: string;
  readonly isFolder: true;
  /** Names of the files that are there. */
  readonly paths: readonly string[];
}

/** Whether a name has the form of a hub id, `organisation/name`. */
export const isHubId = isModelId;

/**
 * A model of the hub: from the cache if it is there as a whole, else downloaded into it.
 * @param lookedAt what was looked at before, for the error
 * @throws NextTokenError `model-not-found` when nothing may be fetched; what `downloadModel` throws
 */
export async function locateOnHub(
  id: string,
  request: HubRequest,
  lookedAt: readonly string[],
): Promise<HubModel> {
  const { signal, onProgress, isTokenizerOnly, hub = {} } = request;
  const dtype = request.dtype ?? 'auto';
  const common = { modelId: id, isFolder: true } as const;
  const cached = await findComplete(id, hub, isTokenizerOnly ? [{ weights: 'none' }] : hubChoices(dtype));
  if (cached) {
    const { commit, folder, paths } = cached;
    return { ...common, origin: 'hub-cache', commit, path: folder, paths };
  }
  const { cacheFolder, endpoint, offline } = await hubSettings(hub);
  const places = [...lookedAt, `the cache of hub models (${cacheFolder})`];
  if (request.offline ?? offline) {
    const message = `there is no model ${JSON.stringify(id)}; looked at ${places.join(', ')}. Nothing is downloaded: offline`;
    throw new NextTokenError('model-not-found', message, { name: id, lookedAt: places });
  }
  try {
    const download = (choice: HubChoice) =>
      downloadModel(id, {
        ...hub,
        ...choice,
        ...(signal && { signal }),
        onProgress: ({ bytes, totalBytes, bytesPerSecond, secondsLeft }) =>
          onProgress?.({
            stage: 'download',
            done: bytes,
            total: totalBytes,
            file: id,
            bytesPerSecond,
            ...(secondsLeft !== undefined && { secondsLeft }),
          }),
      });
    const { commit, folder, paths } = await (isTokenizerOnly
      ? download({ weights: 'none' })
      : downloadChosen(id, dtype, download));
    return { ...common, origin: 'hub', commit, path: folder, paths };
  } catch (error) {
    if (!(error instanceof NextTokenError)) throw error;
    const message = `${error.message}; asked ${endpoint} after ${places.join(', ')}`;
    throw new NextTokenError(error.code, message, { ...error.details, lookedAt: places }, { cause: error });
  }
}

/** The first choice of which the cache has everything. */
async function findComplete(id: string, hub: HubOptions, choices: readonly HubChoice[]) {
  for (const choice of choices) {
    const cached = await findCachedModel(id, { ...hub, ...choice });
    if (cached?.isComplete) return cached;
  }
  return undefined;
}
