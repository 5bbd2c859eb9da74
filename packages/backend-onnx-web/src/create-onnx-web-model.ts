import { checkOptionNames, invalidParameter, type LanguageModel } from '@nexttoken/model';
import { graphWeights, RecoveringModel, RemoteCaller, RemoteModel } from '@nexttoken/onnx-decoder';
import type { DeviceEvent } from './device-event';
import { resolveDevice } from './devices/resolve-device';
import { type ExternalData, loadExternalData } from './external-data';
import type { OpenOptions } from './open-model';
import type { WasmPaths } from './runtime/configure-wasm';
import { loadRuntime } from './runtime/load-runtime';
import { chooseBuild } from './runtime/runtime-build';
import { startWorker, WorkerNotLoaded } from './start-worker';

export interface OnnxWebModelOptions {
  /** A name for people. */
  readonly modelId: string;
  /** An ONNX model. The bytes stay the caller's: a worker gets a copy. */
  readonly graph: Uint8Array;
  /**
   * The files that the graph refers to, under the names it uses; `[]` when it holds its weights itself. On WebGPU they
   * are needed again when the device is lost: bytes are kept for that, functions are called once more.
   */
  readonly externalData: readonly ExternalData[];
  /** The most positions of a row. */
  readonly contextLength: number;
  /** Width of a logits row. */
  readonly vocabSize: number;
  /** Number format of the weights, for `describe()`. */
  readonly dtype: string;
  /** `wasm`, `webgpu`, or `auto` (default): WebGPU where an adapter in hardware has room for the model, else wasm. */
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
  /**
   * Where the session lives; default `worker`, so that the page stays free while the model runs. On a page without a
   * bundler, whose import map workers do not see, it lives in the page unless `worker` was asked for; `describe()` says so.
   */
  readonly thread?: 'worker' | 'caller' | undefined;
  /** Told when the device was lost, and when the model runs again. */
  readonly onEvent?: ((event: DeviceEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const owner = 'createOnnxWebModel';

const optionNames = Object.keys({
  modelId: true,
  graph: true,
  externalData: true,
  contextLength: true,
  vocabSize: true,
  dtype: true,
  device: true,
  wasmPaths: true,
  threads: true,
  keyValueHeadCount: true,
  headSize: true,
  chunkLength: true,
  thread: true,
  onEvent: true,
  signal: true,
} satisfies Record<keyof OnnxWebModelOptions, true>);

/** What opens a model, with the files still to be loaded. */
type Plan = Omit<OpenOptions, 'externalData'> & { readonly externalData: readonly ExternalData[] };

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
 * standard exported one (`past_key_values.N.*` → `present.N.*`). Runs on WebGPU, whose memory keeps the cache, or on
 * WebAssembly, with threads where the page is cross-origin isolated. A lost WebGPU device is replaced, and what was
 * running goes on (`onEvent`). Nothing is fetched but the worker's script and the runtime's own files, from the page's origin.
 *
 * Cost: the bytes are copied once into the worker and once into the runtime.
 *
 * @throws NextTokenError `device-unavailable`, `memory-limit` (told before anything is loaded), `invalid-file` (not a decoder graph), `invalid-config` (the graph
 *   contradicts `vocabSize`), `backend-failed` (the runtime or its files cannot be loaded, or it refuses the graph),
 *   `invalid-parameter`, `unsupported-option`; the signal's reason when aborted
 */
export async function createOnnxWebModel(options: OnnxWebModelOptions): Promise<LanguageModel> {
  checkOptionNames(owner, options, optionNames);
  const { device = 'auto', thread, onEvent, signal, ...rest } = options;
  positive('contextLength', rest.contextLength, 2 ** 31);
  positive('vocabSize', rest.vocabSize, 2 ** 31);
  positive('chunkLength', rest.chunkLength, 4096);
  positive('threads', rest.threads, 64);
  checkBytes('graph', rest.graph);
  if (!Array.isArray(rest.externalData))
    throw invalidParameter(
      owner,
      'externalData',
      rest.externalData,
      'an array of { path, data } or { path, load }',
    );
  rest.externalData.forEach((file: ExternalData, index) => {
    if (!('load' in file)) checkBytes(`externalData[${index}].data`, file.data);
  });
  if (thread !== undefined && thread !== 'worker' && thread !== 'caller')
    throw invalidParameter(owner, 'thread', thread, "'worker' or 'caller'");
  signal?.throwIfAborted();
  const { byteLength, largest } = graphWeights(rest.graph);
  const resolved = await resolveDevice(device, { weightBytes: byteLength, largest });
  signal?.throwIfAborted();
  const plan: Plan = { ...rest, ...resolved, build: chooseBuild(resolved.device) };
  let here = thread === 'caller';
  const open = async (until?: AbortSignal): Promise<LanguageModel> => {
    if (here) return openHere(plan, until);
    try {
      return await openInWorker(plan, until);
    } catch (error) {
      if (thread !== undefined || !((error as Error).cause instanceof WorkerNotLoaded)) throw error;
      here = true;
      const threadReason = 'the worker’s script cannot be loaded here, as on a page without a bundler';
      return openHere({ ...plan, threadReason }, until);
    }
  };
  const model = await open(signal);
  return resolved.device === 'webgpu' ? new RecoveringModel(model, { reopen: () => open(), onEvent }) : model;
}

async function openHere(plan: Plan, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const { openModel } = await import('./open-model');
  const runtime = await loadRuntime(plan.build);
  const model = await openModel(runtime, {
    ...plan,
    externalData: await loadExternalData(plan.externalData),
  });
  if (!signal?.aborted) return model;
  await model.dispose();
  throw signal.reason;
}

async function openInWorker(plan: Plan, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const worker = startWorker(plan.build);
  const caller = new RemoteCaller(worker.endpoint);
  worker.onFailure((cause) => caller.fail(cause));
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  const opening = async () =>
    caller.call('open', withOwnBuffers({ ...plan, externalData: await loadExternalData(plan.externalData) }));
  try {
    const opened = await Promise.race([opening(), aborted]);
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
