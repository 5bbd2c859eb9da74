import { stat } from 'node:fs/promises';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import type { LanguageModel } from '@nexttoken/model';
import { checkpointParts } from '../config/checkpoint-parts';
import { contextOf } from '../config/context-of';
import { dtypeInWords } from '../config/dtype-in-words';
import type { LoadRequest } from './load-request';
import type { LoadedModel } from './load-types';
import { once } from './once';
import { type PreparedDecoder, prepareDecoder } from './prepare-decoder';

/** A checkpoint, exported to a graph in memory and weights in the cache. The checkpoint itself is closed again. */
export async function loadCheckpoint(request: LoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { signal } = options;
  const opened = await openCheckpointPath(files.weights, signal ? { signal } : {});
  try {
    const checkpoint = contextOf(opened, options);
    const { architecture } = checkpoint;
    const parts = checkpointParts(checkpoint, texts, files.folder);
    const start = async (): Promise<PreparedDecoder & { readonly model: LanguageModel }> => {
      const prepared = await prepareDecoder(checkpoint, files.dtype, options);
      const model = await startModel(request, prepared, architecture);
      return { ...prepared, model };
    };
    // Weights may be removed at any time, also between writing and opening them: then once more.
    const { model, weights, description } = await start().catch((error: unknown) => {
      if (error instanceof WeightsVanished) return start();
      throw error;
    });
    return {
      ...parts,
      model,
      architecture,
      source: {
        name,
        origin: location.origin,
        format: checkpoint.format,
        path: files.weights,
        dtype: description.dtype,
        precision: description.precision,
        matrices: description.matrices,
        cachedWeights: { path: weights.path, reused: weights.reused },
      },
      dispose: once(() => model.dispose().finally(weights.release)),
    };
  } finally {
    await opened.close();
  }
}

class WeightsVanished extends Error {}

async function startModel(
  { location, options, createOnnxNodeModel }: LoadRequest,
  { graph, weights, description }: PreparedDecoder,
  { contextLength, vocabSize }: { readonly contextLength: number; readonly vocabSize: number },
): Promise<LanguageModel> {
  const { device, signal, onProgress } = options;
  try {
    signal?.throwIfAborted();
    onProgress?.({ stage: 'start', done: 0, total: 0 });
    return await createOnnxNodeModel({
      modelId: location.modelId,
      graph,
      weightsFolder: weights.folder,
      contextLength,
      vocabSize,
      dtype: dtypeInWords(description),
      device,
      signal,
    });
  } catch (error) {
    await weights.release();
    if (!signal?.aborted && !(await isThere(weights.path))) throw new WeightsVanished('', { cause: error });
    throw error;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
