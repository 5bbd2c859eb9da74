import { join } from 'node:path';
import { checkTokenizer } from '../config/check-tokenizer';
import { required } from '../config/model-texts';
import { onnxDimensions } from '../config/onnx-dimensions';
import { openTokenizer } from '../config/open-tokenizer';
import { readGenerationConfig } from '../config/read-generation-config';
import { refuseGraphOptions } from '../config/refuse-graph-options';
import type { LoadRequest } from './load-request';
import type { LoadedModel } from './load-types';
import { once } from './once';

/** A ready-made ONNX graph, run as it is, from its own file. */
export async function loadOnnx(request: LoadRequest): Promise<LoadedModel> {
  const { name, location, files, texts, options, createOnnxNodeModel } = request;
  refuseGraphOptions(options, files.weights);
  const configPath = join(files.folder, 'config.json');
  const config = required(
    texts.config,
    configPath,
    'an ONNX file alone does not say its vocabulary and context',
  );
  const dimensions = onnxDimensions(config);
  const { vocabSize } = dimensions;
  const { tokenizer, chatTemplate } = openTokenizer(texts, files.folder);
  checkTokenizer(tokenizer, vocabSize, texts.tokenizer?.path ?? files.folder);
  const generationConfig = readGenerationConfig(texts, tokenizer, vocabSize);
  options.onProgress?.({ stage: 'start', done: 0, total: 0 });
  options.signal?.throwIfAborted();
  const model = await createOnnxNodeModel({
    modelId: location.modelId,
    graph: files.weights,
    ...dimensions,
    dtype: files.dtype,
    device: options.device,
    signal: options.signal,
  });
  return {
    model,
    tokenizer,
    chatTemplate,
    generationConfig,
    source: { name, origin: location.origin, format: 'onnx', path: files.weights, dtype: files.dtype },
    dispose: once(() => model.dispose()),
  };
}
