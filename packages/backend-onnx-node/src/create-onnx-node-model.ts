import { checkOptionNames, invalidParameter, type LanguageModel } from '@nexttoken/model';
import { RemoteCaller, RemoteModel } from '@nexttoken/onnx-decoder';
import { resolveDevice } from './devices/resolve-device';
import type { OpenOptions } from './open-model';
import { openModel } from './open-model';
import { startWorker } from './worker/start-worker';

export interface OnnxNodeModelOptions {
  /** A name for people. */
  readonly modelId: string;
  /** An ONNX model: its bytes, or the path of a file (external data beside it is found by itself). */
  readonly graph: Uint8Array | string;
  /** Folder of the external data, when `graph` is bytes. */
  readonly weightsFolder?: string | undefined;
  /** The most positions of a row. */
  readonly contextLength: number;
  /** Width of a logits row. */
  readonly vocabSize: number;
  /** Number format of the weights, for `describe()`. */
  readonly dtype: string;
  /** `auto` takes the best device this version runs on, which is `cpu`; default `auto`. */
  readonly device?: string | undefined;
  /** Sizes that a graph may leave open. */
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
  /** Most positions of one run of the graph, 1 to 4096; default 64. Bounds how long an abort waits. */
  readonly chunkLength?: number | undefined;
  /** Threads of the runtime; default: its own choice (the physical cores). */
  readonly threads?: number | undefined;
  /** Where the session lives; default `worker`, so that the caller's thread stays free while the model runs. */
  readonly thread?: 'worker' | 'caller' | undefined;
  readonly signal?: AbortSignal | undefined;
}

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
  const open: OpenOptions = { ...rest, device: resolveDevice(device) };
  if (thread === 'caller') return openModel(open);
  const worker = startWorker();
  const caller = new RemoteCaller(worker.endpoint, worker.keepAlive);
  worker.onFailure((cause) => caller.fail(cause));
  try {
    return new RemoteModel(caller, await caller.call('open', open, { signal }), worker.stop);
  } catch (error) {
    await worker.stop();
    throw error;
  }
}
