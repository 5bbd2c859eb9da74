import { checkDevice } from '../backend/check-device';
import { importBackend } from '../backend/import-backend';
import { checkName } from '../config/check-name';
import { checkNodeOptions } from '../config/check-node-options';
import { chooseFiles } from '../source/choose-files';
import { locateModel } from '../source/locate-model';
import { readFolderTexts } from '../source/read-folder-texts';
import { loadCheckpoint } from './load-checkpoint';
import { loadOnnx } from './load-onnx';
import type { Load } from './load-types';

/**
 * One door: a name becomes a model with its tokenizer, chat template and generation config, ready to run.
 *
 * The name is, in this order: an embedded model (`tales`, `tales-chat`); a path that exists — a folder, or a
 * `.safetensors`, `.gguf` or `.onnx` file with config.json and tokenizer.json beside it (a GGUF file may stand alone); a hub id (`org/name`):
 * taken from the Hugging Face cache if it is there as a whole, else downloaded into it (resumable, checked). In a folder safetensors come first, then its only GGUF file, then ONNX files;
 * see {@link LoadOptions.dtype}.
 *
 * Weights of checkpoints are written once, in the backend's format, to the weights cache and mapped from there; the
 * cache may be removed at any time.
 *
 * Cost: one pass over the weights to recognise them; the first time one more to write them.
 *
 * @throws NextTokenError `model-not-found`, `file-not-found`, `invalid-file`, `invalid-config`, `unknown-architecture`,
 *   `missing-tensor`, `tensor-shape`, `unsupported-dtype`, `tokenizer-mismatch`, `unsupported-option`,
 *   `access-denied`, `request-failed`, `checksum-mismatch`, `device-unavailable`, `backend-missing`, `backend-failed`, `cache-failed`; the signal's reason when aborted.
 *   Whatever was opened is closed again.
 */
export const load: Load = async (model, options = {}) => {
  checkNodeOptions('load', options);
  const name = checkName('load', model);
  options.signal?.throwIfAborted();
  const location = await locateModel(name, options);
  const files = await chooseFiles(location, options.dtype ?? 'auto');
  const texts = await readFolderTexts(files.folder);
  const { createOnnxNodeModel, onnxNodeDevices } = await importBackend(
    () => import('@nexttoken/backend-onnx-node'),
    ['@nexttoken/backend-onnx-node', 'onnxruntime-node'],
  );
  checkDevice(options.device ?? 'auto', onnxNodeDevices());
  const request = { name, location, files, texts, options, createOnnxNodeModel };
  return files.format === 'onnx' ? await loadOnnx(request) : await loadCheckpoint(request);
};
