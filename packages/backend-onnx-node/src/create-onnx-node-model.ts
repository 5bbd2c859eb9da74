import { checkOptionNames, invalidParameter, type LanguageModel } from '@nexttoken/model';
import { RemoteCaller, RemoteModel } from '@nexttoken/onnx-decoder';
import { resolveDevice } from './devices/resolve-device';
import type { OnnxNodeModelOptions, OpenOptions } from './onnx-node-model-options';
import { openModel } from './open-model';
import { webgpuLock } from './worker/process-lock';
import { startWorker } from './worker/start-worker';

const optionNames = Object.keys({
  modelId: true,
  graph: true,
  weightsFolder: true,
  contextLength: true,
  vocabSize: true,
  dtype: true,
  device: true,
  keyValueHeadCount: true,
  headSize: true,
  chunkLength: true,
  threads: true,
  thread: true,
  signal: true,
} satisfies Record<keyof OnnxNodeModelOptions, true>);

function positive(name: string, value: number | undefined, most: number): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > most))
    throw invalidParameter('createOnnxNodeModel', name, value, `an integer from 1 to ${most}`);
}

/**
 * Opens a decoder graph in onnxruntime-node as a `LanguageModel`: a graph made by `@nexttoken/onnx-export`
 * or a standard exported one (`past_key_values.N.*` → `present.N.*`).
 *
 * @throws NextTokenError `device-unavailable`, `file-not-found`, `invalid-file` (not a decoder graph),
 *   `invalid-config` (the graph contradicts `vocabSize`), `backend-failed` (the runtime refuses the file),
 *   `invalid-parameter`; the signal's reason when aborted
 */
export async function createOnnxNodeModel(options: OnnxNodeModelOptions): Promise<LanguageModel> {
  checkOptionNames('createOnnxNodeModel', options, optionNames);
  const { device = 'auto', thread = 'worker', signal, ...rest } = options;
  positive('contextLength', rest.contextLength, 2 ** 31);
  positive('chunkLength', rest.chunkLength, 4096);
  positive('threads', rest.threads, 1024);
  if (thread !== 'worker' && thread !== 'caller')
    throw invalidParameter('createOnnxNodeModel', 'thread', thread, "'worker' or 'caller'");
  signal?.throwIfAborted();
  const open: OpenOptions = { ...rest, ...resolveDevice(device) };
  if (thread === 'caller') return unlessAborted(await openModel(open), signal);
  if (open.device === 'webgpu') webgpuLock();
  const worker = startWorker();
  const caller = new RemoteCaller(worker.endpoint, worker.keepAlive);
  worker.onFailure((cause) => caller.fail(cause));
  try {
    const opened = await caller.call('open', open, { signal });
    return await unlessAborted(new RemoteModel(caller, opened, worker.stop), signal);
  } catch (error) {
    await worker.stop();
    throw error;
  }
}

/** Opening cannot be interrupted: a model that nobody wants any more is disposed again. */
async function unlessAborted(model: LanguageModel, signal: AbortSignal | undefined): Promise<LanguageModel> {
  if (!signal?.aborted) return model;
  await model.dispose();
  throw signal.reason;
}
