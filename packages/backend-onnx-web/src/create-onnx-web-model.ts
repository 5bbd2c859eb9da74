import { checkOptionNames, invalidParameter, type LanguageModel } from '@nexttoken/model';
import { graphWeights, RecoveringModel, splitRows } from '@nexttoken/onnx-decoder';
import type { DeviceEvent } from './device-event';
import { resolveDevice } from './devices/resolve-device';
import type { ExternalData } from './external-data';
import { type OpenPlan, openHere, openInWorker } from './open-plan';
import type { WasmPaths } from './runtime/configure-wasm';
import { chooseBuild } from './runtime/runtime-build';
import { WorkerNotLoaded } from './start-worker';

export interface OnnxWebModelOptions {
  /** A name for people. */
  readonly modelId: string;
  /** An ONNX model. The bytes stay the caller's: a worker gets a copy. */
  readonly graph: Uint8Array;
  /**
   * The files that the graph refers to, under the names it uses; `[]` when it holds its weights itself: bytes, a
   * function that loads them, or one that writes them piece by piece (the least memory). On WebGPU they are needed
   * again when the device is lost: bytes are kept for that, functions are called once more.
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
  /**
   * Most positions of one run of the graph, 1 to 4096; default on wasm 128 (each run packs the weights of `int8` anew), on webgpu
   * 256 (128 in software), or less where many heads and a long context would make the scores of a layer larger than 128 MiB (down to 64).
   * Bounds how long an abort waits.
   */
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
      'an array of { path, data }, { path, load } or { path, byteLength, write }',
    );
  rest.externalData.forEach((file: ExternalData, index) => {
    if ('write' in file) positive(`externalData[${index}].byteLength`, file.byteLength, 2 ** 53);
    else if (!('load' in file)) checkBytes(`externalData[${index}].data`, file.data);
  });
  if (thread !== undefined && thread !== 'worker' && thread !== 'caller')
    throw invalidParameter(owner, 'thread', thread, "'worker' or 'caller'");
  signal?.throwIfAborted();
  const resolved = await resolveDevice(device, (limit) => {
    const { byteLength, largest } = graphWeights(splitRows(rest.graph, limit));
    return { weightBytes: byteLength, largest };
  });
  signal?.throwIfAborted();
  const plan: OpenPlan = { ...rest, ...resolved, build: chooseBuild(resolved.device) };
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
