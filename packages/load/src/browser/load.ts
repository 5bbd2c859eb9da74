import { importBackend } from '../backend/import-backend';
import type { Load } from '../load/load-types';
import { checkBrowserOptions, checkOffline } from './check-browser-options';
import { chooseBrowserFiles } from './choose-browser-files';
import { loadCheckpoint } from './load-checkpoint';
import { loadOnnx } from './load-onnx';
import { locateBrowserModel } from './locate-browser-model';
import { readBrowserTexts } from './read-browser-texts';

/**
 * One door: the name of an embedded model, a URL or a hub id becomes a model with its tokenizer, chat template and
 * generation config, ready to run in this browser. Same names and types as the Node entry.
 *
 * The name is an embedded model (`tales`, `tales-chat`; the bundler serves its files), an absolute URL, or one that
 * starts with `/`, `./` or `../`: of a folder with model.safetensors (or its index) or `onnx/model.onnx`, or of a
 * `.safetensors`, `.gguf` or `.onnx` file with config.json and tokenizer.json beside it; or a hub id (`org/name`):
 * taken from the origin private file system if it is there as a whole, else downloaded into it (resumable, checked).
 *
 * Instead of a name, {@link ModelFiles}: a GGUF file, or the files of a folder, as inputs and drops hand them over.
 *
 * Cost: downloads the weights; they are converted tensor by tensor on their way to the backend, so that the page holds
 * what was fetched and one tensor. A file at hand, or a kept one, is read piece by piece, never held as a whole.
 *
 * @throws NextTokenError as in Node; `unsupported-option` for what a browser cannot honour (`cacheFolder`,
 *   `cacheLimitBytes`, `offline` with a URL); `unsupported-capability` where a browser keeps no files
 */
export const load: Load = async (model, options = {}) => {
  checkBrowserOptions('load', options);
  checkOffline('load', options, model);
  options.signal?.throwIfAborted();
  const { createOnnxWebModel } = await importBackend(
    () => import('@nexttoken/backend-onnx-web'),
    ['@nexttoken/backend-onnx-web', 'onnxruntime-web'],
  );
  const location = await locateBrowserModel('load', model, options);
  const texts = await readBrowserTexts(location, options);
  const files = await chooseBrowserFiles(location, texts, options);
  const name = typeof model === 'string' ? model : location.href;
  const request = { name, location, files, texts, options, createOnnxWebModel };
  return files.format === 'onnx' ? await loadOnnx(request) : await loadCheckpoint(request);
};
