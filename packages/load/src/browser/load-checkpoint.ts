import { type Checkpoint, openGguf, openSafetensors } from '@nexttoken/checkpoint';
import { exportDecoder, weightsInMemory } from '@nexttoken/onnx-export';
import { checkpointParts } from '../config/checkpoint-parts';
import { required } from '../config/model-texts';
import type { LoadedModel } from '../load/load-types';
import { once } from '../load/once';
import type { BrowserLoadRequest } from './browser-load-request';
import { sourceOf } from './browser-location';

/**
 * A checkpoint, exported to a graph and weights. Weights of a kept file are made when the backend asks for them and held
 * by nobody else (a lost device asks again); fetched ones are made once, then the fetched bytes are let go.
 */
export async function loadCheckpoint(request: BrowserLoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { device, wasmPaths, signal, onProgress } = options;
  const checkpoint = await openCheckpoint(request);
  const isKept = files.weights.every(({ content }) => content instanceof Blob);
  let isOpen = false;
  try {
    const { architecture } = checkpoint;
    const parts = checkpointParts(checkpoint, texts, location.href);
    const { graph, weights } = exportDecoder(checkpoint, { dtype: 'fp32' });
    const makeWeights = async (): Promise<Uint8Array> => {
      const watch = {
        signal,
        onProgress: (progress: { done: number; total: number }) =>
          onProgress?.({ stage: 'weights', ...progress }),
      };
      const data = await weightsInMemory({ weights }, isOpen ? {} : watch);
      if (isOpen) return data;
      signal?.throwIfAborted();
      onProgress?.({ stage: 'start', done: 0, total: 0 });
      return data;
    };
    const path = weights.location;
    const model = await request.createOnnxWebModel({
      modelId: location.modelId,
      graph,
      externalData: [isKept ? { path, load: makeWeights } : { path, data: await makeWeights() }],
      contextLength: architecture.contextLength,
      vocabSize: architecture.vocabSize,
      dtype: files.dtype,
      device,
      wasmPaths,
      signal,
    });
    isOpen = true;
    const source = {
      name,
      origin: location.origin,
      format: files.format,
      path: files.weights[0].path,
      dtype: files.dtype,
    };
    const dispose = once(() => model.dispose().finally(() => checkpoint.close()));
    return { ...parts, model, architecture, source, dispose };
  } finally {
    if (!isOpen || !isKept) await checkpoint.close();
  }
}

function openCheckpoint({ files, texts, location, options }: BrowserLoadRequest): Promise<Checkpoint> {
  const sources = files.weights.map(sourceOf);
  const readOptions = options.signal ? { signal: options.signal } : {};
  if (files.format === 'gguf') return openGguf(sources[0]!, readOptions);
  const config = required(
    texts.config,
    location.placeOf('config.json'),
    'safetensors do not say their architecture',
  );
  return openSafetensors(
    {
      config: config.value,
      sources,
      name: location.href,
      ...(files.index !== undefined && { index: files.index }),
    },
    readOptions,
  );
}
