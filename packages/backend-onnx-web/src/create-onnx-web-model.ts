import { invalidParameter, type LanguageModel } from '@nexttoken/model';
import { RemoteCaller, RemoteModel } from '@nexttoken/onnx-decoder';
import { resolveDevice } from './devices/resolve-device';
import type { ExternalData, OpenOptions } from './open-model';
import type { WasmPaths } from './runtime/configure-wasm';
import { startWorker } from './start-worker';

export interface OnnxWebModelOptions {
  /** A name for people. */
  readonly modelId: string;
  /** An ONNX model. The bytes stay the caller's: a worker gets a copy. */
  readonly graph: Uint8Array;
  /** The files that the graph refers to, under the names it uses; `[]` when it holds its weights itself. */
  readonly externalData: readonly ExternalData[];
  /** The most positions of a row. */
  readonly contextLength: number;
  /** Width of a logits row. */
  readonly vocabSize: number;
  /** Number format of the weights, for `describe()`. */
  readonly dtype: string;
  /** `auto` (default) or `wasm`. */
  readonly device?: string | undefined;
  /** Where the runtime's `.wasm` (and `.mjs`) files are; default: where the bundler put them. */
  readonly wasmPaths?: WasmPaths | undefined;
  /**
   * Threads of the runtime; default: half the cores, at most four, where the page is cross-origin isolated, else one.
   * More than one is refused without isolation.
   */
  readonly threads?: number | undefined;
  /** Sizes that a graph may leave open. */
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
  /** Most positions of one run of the graph, 1 to 4096; default 64. Bounds how long an abort waits. */
  readonly chunkLength?: number | undefined;
  /** Where the session lives; default `worker`, so that the page stays free while the model runs. */
  readonly thread?: 'worker' | 'caller' | undefined;
  readonly signal?: AbortSignal | undefined;
}

const owner = 'createOnnxWebModel';

function positive(name: string, value: number | undefined, most: number): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > most))
    throw invalidParameter(owner, name, value, `an integer from 1 to ${most}`);
}

function checkBytes(name: string, value: unknown): void {
  if (!(value instanceof Uint8Array) || value.byteLength === 0)
    throw invalidParameter(owner, name, typeof value, 'a Uint8Array that is not empty');
}

/**
 * Opens a decoder graph in onnxruntime-web as a `LanguageModel`: a graph made by `@nexttoken/onnx-export` or a
 * standard exported one (`past_key_values.N.*` → `present.N.*`). Runs on WebAssembly, with threads where the page is
 * cross-origin isolated. Nothing is fetched but the worker's script and the runtime's own files, from the page's origin.
 *
 * Cost: the bytes are copied once into the worker and once into the runtime.
 *
 * @throws NextTokenError `device-unavailable`, `invalid-file` (not a decoder graph), `invalid-config` (the graph
 *   contradicts `vocabSize`), `backend-failed` (the runtime or its files cannot be loaded, or it refuses the graph),
 *   `invalid-parameter`, `unsupported-option`; the signal's reason when aborted
 */
export async function createOnnxWebModel(options: OnnxWebModelOptions): Promise<LanguageModel> {
  const { device = 'auto', thread = 'worker', signal, ...rest } = options;
  positive('contextLength', rest.contextLength, 2 ** 31);
  positive('vocabSize', rest.vocabSize, 2 ** 31);
  positive('chunkLength', rest.chunkLength, 4096);
  positive('threads', rest.threads, 64);
  checkBytes('graph', rest.graph);
  if (!Array.isArray(rest.externalData))
    throw invalidParameter(owner, 'externalData', rest.externalData, 'an array of { path, data }');
  rest.externalData.forEach(({ data }, index) => {
    checkBytes(`externalData[${index}].data`, data);
  });
  if (thread !== 'worker' && thread !== 'caller')
    throw invalidParameter(owner, 'thread', thread, "'worker' or 'caller'");
  signal?.throwIfAborted();
  const open: OpenOptions = { ...rest, device: resolveDevice(device) };
  return thread === 'caller' ? openHere(open, signal) : openInWorker(open, signal);
}

async function openHere(open: OpenOptions, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const { openModel } = await import('./open-model');
  const model = await openModel(open);
  if (!signal?.aborted) return model;
  await model.dispose();
  throw signal.reason;
}

async function openInWorker(open: OpenOptions, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const worker = startWorker();
  const caller = new RemoteCaller(worker.endpoint);
  worker.onFailure((cause) => caller.fail(cause));
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  try {
    const opened = await Promise.race([caller.call('open', withOwnBuffers(open)), aborted]);
    return new RemoteModel(caller, opened, async () => worker.stop());
  } catch (error) {
    worker.stop();
    throw error;
  } finally {
    if (abort) signal?.removeEventListener('abort', abort);
  }
}

/** A message carries the whole buffer behind a view; a view of a part becomes an array of its own first. */
function withOwnBuffers(open: OpenOptions): OpenOptions {
  const own = (bytes: Uint8Array) => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice());
  return {
    ...open,
    graph: own(open.graph),
    externalData: open.externalData.map(({ path, data }) => ({ path, data: own(data) })),
  };
}
