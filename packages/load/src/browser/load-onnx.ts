import { checkTokenizer } from '../config/check-tokenizer';
import { required } from '../config/model-texts';
import { onnxDimensions } from '../config/onnx-dimensions';
import { openTokenizer } from '../config/open-tokenizer';
import { readGenerationConfig } from '../config/read-generation-config';
import { refuseGraphOptions } from '../config/refuse-graph-options';
import type { LoadedModel } from '../load/load-types';
import { once } from '../load/once';
import type { BrowserLoadRequest } from './browser-load-request';
import { bytesOf } from './browser-location';

/** A ready-made ONNX graph, run as it is. */
export async function loadOnnx(request: BrowserLoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { device, wasmPaths, signal, onProgress, onEvent } = options;
  refuseGraphOptions(options, files.weights[0].path);
  const config = required(
    texts.config,
    location.placeOf('config.json'),
    'an ONNX file alone does not say its vocabulary and context',
  );
  const dimensions = onnxDimensions(config);
  const { vocabSize } = dimensions;
  const { tokenizer, chatTemplate } = openTokenizer(texts, location.href);
  checkTokenizer(tokenizer, vocabSize, texts.tokenizer?.path ?? location.href);
  const generationConfig = readGenerationConfig(texts, tokenizer, vocabSize);
  const externalData = files.externalData.map((file) => ({
    path: file.path.split('/').at(-1) ?? '',
    ...(file.content instanceof Blob ? { load: () => bytesOf(file) } : { data: file.content }),
  }));
  signal?.throwIfAborted();
  onProgress?.({ stage: 'start', done: 0, total: 0 });
  const model = await request.createOnnxWebModel({
    modelId: location.modelId,
    graph: await bytesOf(files.weights[0]),
    externalData,
    ...dimensions,
    dtype: files.dtype,
    device,
    wasmPaths,
    onEvent,
    signal,
  });
  const source = {
    name,
    origin: location.origin,
    format: files.format,
    path: files.weights[0].path,
    dtype: files.dtype,
  };
  return { model, tokenizer, chatTemplate, generationConfig, source, dispose: once(() => model.dispose()) };
}
