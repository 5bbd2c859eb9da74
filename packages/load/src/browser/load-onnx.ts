import { checkTokenizer } from '../config/check-tokenizer';
import { required } from '../config/model-texts';
import { onnxDimensions } from '../config/onnx-dimensions';
import { openTokenizer } from '../config/open-tokenizer';
import { readGenerationConfig } from '../config/read-generation-config';
import type { LoadedModel } from '../load/load-types';
import { once } from '../load/once';
import type { BrowserLoadRequest } from './browser-load-request';

/** A ready-made ONNX graph, run as it is. */
export async function loadOnnx(request: BrowserLoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options } = request;
  const { device, wasmPaths, signal, onProgress } = options;
  const config = required(
    texts.config,
    location.urlOf('config.json')?.href ?? 'config.json',
    'an ONNX file alone does not say its vocabulary and context',
  );
  const dimensions = onnxDimensions(config);
  const { vocabSize } = dimensions;
  const { tokenizer, chatTemplate } = openTokenizer(texts, location.href);
  checkTokenizer(tokenizer, vocabSize, texts.tokenizer?.path ?? location.href);
  const generationConfig = readGenerationConfig(texts, tokenizer, vocabSize);
  signal?.throwIfAborted();
  onProgress?.({ stage: 'start', done: 0, total: 0 });
  const model = await request.createOnnxWebModel({
    modelId: location.modelId,
    graph: files.weights.bytes,
    externalData: files.externalData.map(({ url, bytes }) => ({
      path: url.pathname.split('/').at(-1) ?? '',
      data: bytes,
    })),
    ...dimensions,
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
  return { model, tokenizer, chatTemplate, generationConfig, source, dispose: once(() => model.dispose()) };
}
