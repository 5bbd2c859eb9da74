import { importBackend } from '../backend/import-backend';
import type { Load } from '../load/load-types';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { chooseUrls } from './choose-urls';
import { loadCheckpoint } from './load-checkpoint';
import { loadOnnx } from './load-onnx';
import { locateUrl } from './locate-url';
import { readUrlTexts } from './read-url-texts';

/**
 * One door: a URL or the name of an embedded model becomes a model with its tokenizer, chat template and generation
 * config, ready to run in this browser. Same names and types as the Node entry.
 *
 * The name is an embedded model (`tales`, `tales-chat`; the bundler serves its files), an absolute URL, or one that
 * starts with `/`, `./` or `../`: of a folder with model.safetensors or `onnx/model.onnx`, or of a `.safetensors`,
 * `.gguf` or `.onnx` file with config.json and tokenizer.json beside it.
 *
 * Cost: downloads the weights; memory twice their float32 size while a checkpoint is converted.
 *
 * @throws NextTokenError as in Node; `unsupported-option` for what a browser cannot honour (`cacheFolder`,
 *   `cacheLimitBytes`, `offline` with a URL); `model-not-found` for hub ids
 */
export const load: Load = async (name, options = {}) => {
  checkBrowserOptions('load', options);
  options.signal?.throwIfAborted();
  const location = await locateUrl(name);
  checkOffline('load', options, location.origin);
  const { createOnnxWebModel } = await importBackend(
    () => import('@nexttoken/backend-onnx-web'),
    ['@nexttoken/backend-onnx-web', 'onnxruntime-web'],
  );
  const texts = await readUrlTexts(location, options);
  const files = await chooseUrls(location, texts, options);
  const request = { name, location, files, texts, options, createOnnxWebModel };
  return files.format === 'onnx' ? await loadOnnx(request) : await loadCheckpoint(request);
};
