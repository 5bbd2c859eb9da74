import type { Checkpoint } from '@nexttoken/checkpoint';
import { type ExportedDecoder, exportDecoder, exportVersion } from '@nexttoken/onnx-export';
import { type AcquiredWeights, acquireWeights } from '../cache/acquire-weights';
import { weightsFileName, weightsKey } from '../cache/cache-names';
import { weightsCacheFolder } from '../cache/weights-cache-folder';
import { chooseWeights } from '../config/choose-weights';
import type { LoadOptions } from './load-types';

const defaultCacheLimit = 8 * 2 ** 30;

export interface PreparedDecoder {
  readonly graph: Uint8Array;
  readonly description: ExportedDecoder['description'];
  readonly weights: AcquiredWeights;
}

/** The graph in memory, and its weights in the cache: found there, or written now. */
export async function prepareDecoder(
  checkpoint: Checkpoint,
  dtype: string,
  options: LoadOptions,
): Promise<PreparedDecoder> {
  const { signal, onProgress, cacheLimitBytes = defaultCacheLimit } = options;
  onProgress?.({ stage: 'fingerprint', done: 0, total: 0 });
  const fingerprint = await checkpoint.fingerprint(signal ? { signal } : {});
  const chosen = chooseWeights(checkpoint, dtype, options);
  const key = weightsKey(fingerprint, exportVersion, chosen);
  const { graph, weights, description } = exportDecoder(checkpoint, {
    ...chosen,
    ...(options.attention && { taps: ['blocks.*.attn.hook_pattern'] }),
    location: weightsFileName(key),
  });
  const acquired = await acquireWeights(weightsCacheFolder(options.cacheFolder), cacheLimitBytes, {
    key,
    byteLength: weights.byteLength,
    write: (sink, writeOptions) => weights.write(sink, writeOptions),
    signal,
    onProgress: (progress) => onProgress?.({ stage: 'weights', ...progress }),
  });
  return { graph, description, weights: acquired };
}
