import type { PieceSink } from '@nexttoken/backend-onnx-web';
import type { Checkpoint } from '@nexttoken/checkpoint';
import type { LanguageModel } from '@nexttoken/model';
import { exportDecoder } from '@nexttoken/onnx-export';
import { checkpointParts } from '../config/checkpoint-parts';
import { chooseWeights } from '../config/choose-weights';
import { contextOf } from '../config/context-of';
import { dtypeInWords } from '../config/dtype-in-words';
import type { LoadedModel } from '../load/load-types';
import { once } from '../load/once';
import type { BrowserLoadRequest } from './browser-load-request';
import { readCheckpoint } from './read-checkpoint';

/**
 * A checkpoint, exported to a graph and weights. Weights are made piece by piece when the backend asks for them, and held
 * by nobody else; on a device that may be lost they are made once more then, so that the checkpoint stays open for it.
 */
export async function loadCheckpoint(request: BrowserLoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { device, wasmPaths, signal, onProgress, onEvent } = options;
  const opened = await readCheckpoint(location, files, texts, signal);
  let staysOpen = false;
  try {
    const checkpoint = contextOf(opened, options);
    const { architecture } = checkpoint;
    const parts = checkpointParts(checkpoint, texts, location.href);
    const chosen = chooseWeights(checkpoint, files.dtype, options);
    const { graph, weights, description } = exportDecoder(checkpoint, {
      ...chosen,
      ...(options.attention && { taps: ['blocks.*.attn.hook_pattern'] }),
    });
    let isFirst = true;
    const write = async (sink: PieceSink): Promise<void> => {
      const watch = {
        signal,
        onProgress: (progress: { done: number; total: number }) =>
          onProgress?.({ stage: 'weights', ...progress }),
      };
      await weights.write(sink, isFirst ? watch : {});
      if (isFirst) onProgress?.({ stage: 'start', done: 0, total: 0 });
      isFirst = false;
    };
    const dtype = dtypeInWords(description);
    const model = await request.createOnnxWebModel({
      modelId: location.modelId,
      graph,
      externalData: [{ path: weights.location, byteLength: weights.byteLength, write }],
      contextLength: architecture.contextLength,
      vocabSize: architecture.vocabSize,
      dtype,
      device,
      wasmPaths,
      onEvent,
      signal,
    });
    staysOpen = model.capabilities.device !== 'wasm';
    const source = {
      name,
      origin: location.origin,
      format: files.format,
      path: files.weights[0].path,
      dtype: description.dtype,
      precision: description.precision,
      matrices: description.matrices,
    };
    const dispose = disposer(model, staysOpen ? opened : undefined);
    return { ...parts, model, architecture, source, dispose };
  } finally {
    if (!staysOpen) await opened.close();
  }
}

/** Holds nothing but what it disposes: what was fetched goes as soon as nobody can ask for the weights again. */
function disposer(model: LanguageModel, checkpoint: Checkpoint | undefined): () => Promise<void> {
  return once(() => model.dispose().finally(() => checkpoint?.close()));
}
