import { bytesSource, type Checkpoint, openGguf, openSafetensors } from '@nexttoken/checkpoint';
import { exportDecoder } from '@nexttoken/onnx-export';
import { checkpointParts } from '../config/checkpoint-parts';
import { required } from '../config/model-texts';
import type { LoadedModel } from '../load/load-types';
import { once } from '../load/once';
import type { BrowserLoadRequest } from './browser-load-request';

/** A checkpoint, exported to a graph and weights in memory. */
export async function loadCheckpoint(request: BrowserLoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { device, wasmPaths, signal, onProgress } = options;
  const checkpoint = await openCheckpoint(request);
  try {
    const { architecture } = checkpoint;
    const parts = checkpointParts(checkpoint, texts, location.href);
    const { graph, weights } = exportDecoder(checkpoint, { dtype: 'fp32' });
    const data = new Uint8Array(weights.byteLength);
    await weights.write(async (chunk, offset) => data.set(chunk, offset), {
      signal,
      onProgress: (progress) => onProgress?.({ stage: 'weights', ...progress }),
    });
    signal?.throwIfAborted();
    onProgress?.({ stage: 'start', done: 0, total: 0 });
    const model = await request.createOnnxWebModel({
      modelId: location.modelId,
      graph,
      externalData: [{ path: weights.location, data }],
      contextLength: architecture.contextLength,
      vocabSize: architecture.vocabSize,
      dtype: files.dtype,
      device,
      wasmPaths,
      signal,
    });
    const source = {
      name,
      origin: location.origin,
      format: files.format,
      path: files.weights.url.href,
      dtype: files.dtype,
    };
    return { ...parts, model, architecture, source, dispose: once(() => model.dispose()) };
  } finally {
    await checkpoint.close();
  }
}

function openCheckpoint({ files, texts, location, options }: BrowserLoadRequest): Promise<Checkpoint> {
  const { url, bytes } = files.weights;
  const source = bytesSource(bytes, url.href);
  const readOptions = options.signal ? { signal: options.signal } : {};
  if (files.format === 'gguf') return openGguf(source, readOptions);
  const config = required(
    texts.config,
    location.urlOf('config.json')?.href ?? 'config.json',
    'safetensors do not say their architecture',
  );
  return openSafetensors({ config: config.value, sources: [source], name: location.href }, readOptions);
}
