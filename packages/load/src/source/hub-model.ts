import { downloadModel, findCachedModel, hubSettings, isModelId } from '@nexttoken/hub';
import { NextTokenError } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';
import type { ModelLocation } from './locate-model';
import { onnxModelFiles } from './onnx-files';
import { unsupportedDtype } from './unsupported-dtype';

/** What is wanted of a model on the hub. */
export interface HubRequest extends Pick<LoadOptions, 'dtype' | 'offline' | 'signal' | 'onProgress'> {
  /** Without weights: for a tokenizer. */
  readonly isTokenizerOnly?: boolean;
}

/** Whether a name has the form of a hub id, `organisation/name`. */
export const isHubId = isModelId;

/**
 * A model of the hub: from the Hugging Face cache if it is there as a whole, else downloaded into it.
 * @param lookedAt what was looked at before, for the error
 * @throws NextTokenError `model-not-found` when nothing may be fetched; what `downloadModel` throws
 */
export async function locateOnHub(
  id: string,
  request: HubRequest,
  lookedAt: readonly string[],
): Promise<ModelLocation> {
  const { signal, onProgress, isTokenizerOnly } = request;
  const choice = isTokenizerOnly ? { weights: 'none' as const } : weightsChoice(id, request.dtype);
  const cached = await findCachedModel(id, choice);
  if (cached?.isComplete) return { origin: 'hub-cache', modelId: id, path: cached.folder, isFolder: true };
  const { cacheFolder, endpoint, offline } = await hubSettings();
  const places = [...lookedAt, `the Hugging Face cache (${cacheFolder})`];
  if (request.offline ?? offline) {
    const message = `there is no model ${JSON.stringify(id)}; looked at ${places.join(', ')}. Nothing is downloaded: offline`;
    throw new NextTokenError('model-not-found', message, { name: id, lookedAt: places });
  }
  try {
    const { folder } = await downloadModel(id, {
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
    return { origin: 'hub', modelId: id, path: folder, isFolder: true };
  } catch (error) {
    if (!(error instanceof NextTokenError)) throw error;
    const message = `${error.message}; asked ${endpoint} after ${places.join(', ')}`;
    throw new NextTokenError(error.code, message, { ...error.details, lookedAt: places }, { cause: error });
  }
}

/** Which weights of the hub a dtype means: checkpoints run as fp32, every other format is an ONNX file. */
function weightsChoice(id: string, dtype = 'auto') {
  if (dtype === 'auto' || dtype === 'fp32') return {};
  return {
    file(paths: readonly string[]): string {
      for (const folder of ['onnx/', '']) {
        const names = paths
          .filter((path) => path.startsWith(folder))
          .map((path) => path.slice(folder.length));
        const file = onnxModelFiles(names).get(dtype);
        if (file !== undefined) return `${folder}${file}`;
      }
      throw unsupportedDtype(dtype, id, ['fp32']);
    },
  };
}
