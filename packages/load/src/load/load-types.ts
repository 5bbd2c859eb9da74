import type { Architecture, Checkpoint } from '@nexttoken/checkpoint';
import type { ChatTemplate, GenerationConfig, LanguageModel, Tokenizer } from '@nexttoken/model';

/** What `load` is doing now. Stages come in this order; those that are not needed are left out. */
export interface LoadProgress {
  /**
   * `download`: files are fetched; `fingerprint`: the files are hashed; `weights`: the weights are
   * written in the backend's format; `start`: the backend opens the model.
   */
  readonly stage: 'download' | 'fingerprint' | 'weights' | 'start';
  /** Bytes done; 0 where the stage has no measure. */
  readonly done: number;
  /** Bytes in all; 0 where it is not known. */
  readonly total: number;
  /** The file concerned, if it is one; for a download from the hub the model's id. */
  readonly file?: string;
  /** Of a download from the hub: over the last seconds. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** Where and as whom a model is fetched by its hub id, `organisation/name`. */
export interface HubOptions {
  /** Default in Node `HF_ENDPOINT`, else and in browsers the public hub. */
  readonly endpoint?: string;
  /** For private and gated models; default in Node `HF_TOKEN`, else what `hf auth login` left. */
  readonly token?: string;
  /** Branch, tag or commit; default `main`. */
  readonly revision?: string;
  /** Node: default `HF_HUB_CACHE` and its kin; browser: a folder of the origin private file system. */
  readonly cacheFolder?: string;
}

/** What a model tells about the device that it runs on. */
export type DeviceEvent =
  /** The device is gone; the model is opened anew, and what was running goes on when it is there. */
  | { readonly type: 'device-lost'; readonly device: string; readonly reason: string }
  /** The model runs again; sessions read their texts once more when they are next used. */
  | { readonly type: 'device-restored'; readonly device: string; readonly milliseconds: number };

export interface LoadOptions {
  /** Where the model runs; default `auto`: the backend's choice. */
  readonly device?: string | undefined;
  /**
   * Number format of the weights as they run. Checkpoints (safetensors, GGUF): `fp32`, `fp16`, `q8`, `q4` (8 and 4
   * bits in blocks), `int8` (8 bits with 8-bit activations); blocks that a file holds are taken over as they are.
   * Ready-made ONNX files as their names say: `fp32`, `fp16`, `int8`, `uint8`, `q4`, `q4f16`, `bnb4`; a folder's ONNX
   * file of the dtype goes before its checkpoint, but for `fp32`. Default `auto`: what the preferred file gives: of a checkpoint
   * on the cpu its own blocks (`q4`, `q8`) where it holds any, else `fp32`; for ONNX `fp32` if it is there.
   */
  readonly dtype?: string | undefined;
  /**
   * Of checkpoints: what products may do with their activations. `exact` (default, but for `int8`) keeps what a
   * float32 holds, `fast` may keep 8 or 16 bits where that does little harm, and 8 of the offsets of a
   * file's 4-bit blocks. `q4` and `q8` have both, `fp32` and `fp16` are exact, `int8` is fast.
   */
  readonly precision?: 'exact' | 'fast' | undefined;
  /**
   * Of checkpoints: whether sessions can capture attention (`capture: { attention: true }`); default false. It costs
   * some memory in every run, captured or not.
   */
  readonly attention?: boolean | undefined;
  /**
   * Of checkpoints with rotary factors for longer texts (LongRoPE, as Phi-3's 128k models): takes these and the whole
   * context; default false, where the context ends with the factors for shorter texts. Shorter texts come out a little
   * different with it. Refused for models without such factors.
   */
  readonly longContext?: boolean | undefined;
  /**
   * Promises that nothing is fetched: a hub id is looked for in the cache alone (default in Node: `HF_HUB_OFFLINE`);
   * in a browser it is refused for URLs.
   */
  readonly offline?: boolean | undefined;
  /** What matters for hub ids only. */
  readonly hub?: HubOptions | undefined;
  /** Ends the loading with the signal's reason; nothing half-written stays behind. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /**
   * Node: the folder whose `weights` sub-folder caches converted weights; default `NEXTTOKEN_CACHE`, else
   * `nexttoken` in the platform's cache folder.
   */
  readonly cacheFolder?: string | undefined;
  /** Node: bytes that the weights cache may hold; default 8 GiB. */
  readonly cacheLimitBytes?: number | undefined;
  /**
   * Browser: where onnxruntime-web's own files are: a folder's URL, or the addresses of both; default: where the
   * bundler put them.
   */
  readonly wasmPaths?:
    | string
    | { readonly mjs?: string | undefined; readonly wasm?: string | undefined }
    | undefined;
  /** Browser: told when the model's device was lost (a driver was reset, a GPU unplugged), and when it runs again. */
  readonly onEvent?: ((event: DeviceEvent) => void) | undefined;
}

/** Where a model came from. */
export interface ModelSource {
  /** The name as it was asked for; of files at hand that of their folder, or of the file with the weights. */
  readonly name: string;
  readonly origin: 'embedded' | 'path' | 'hub-cache' | 'hub' | 'url' | 'files';
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  /** The file or folder (a URL in the browser) that the weights were read from. */
  readonly path: string;
  /** Number format of the weights as they run. */
  readonly dtype: string;
  /** Of a checkpoint: what its products do with their activations. */
  readonly precision?: 'exact' | 'fast';
  /** Of a checkpoint: how many matrices run in which format, in words. */
  readonly matrices?: Readonly<Record<string, number>>;
  /** Cached weights in the backend's format, where there are any, and whether they were there before. */
  readonly cachedWeights?: { readonly path: string; readonly reused: boolean };
}

/** A model with all that belongs to it. */
export interface LoadedModel {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** Absent when the model's files have none: it is no chat model. */
  readonly chatTemplate: ChatTemplate | undefined;
  readonly generationConfig: GenerationConfig;
  /** Absent for ready-made ONNX files: they are run as they are. */
  readonly architecture?: Architecture;
  readonly source: ModelSource;
  /** Frees the model and everything held for it. Idempotent. */
  dispose(): Promise<void>;
}

/**
 * Browser: a model's files at hand, as `files` of an input (also with `webkitdirectory`) and of a drop hand them over: a GGUF
 * file alone (its name does not matter), or a folder's files, named as in a folder of Hugging Face's. They are read in
 * place, piece by piece; nothing leaves the page. In Node a path is the way: files are refused there (`invalid-parameter`).
 */
export type ModelFiles = Blob | ArrayLike<Blob>;

export type Load = (model: string | ModelFiles, options?: LoadOptions) => Promise<LoadedModel>;

/**
 * Opens the checkpoint of what `load` takes, without running it: its architecture, metadata and tensors, which are read on
 * demand. The caller closes it.
 * @throws NextTokenError `file-not-found` for a model that is a ready-made graph alone; as `load`, as far as headers go
 */
export type OpenCheckpoint = (
  model: string | ModelFiles,
  options?: Pick<LoadOptions, 'offline' | 'hub' | 'signal' | 'onProgress'>,
) => Promise<Checkpoint>;

export interface LoadedTokenizer {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
}

export type LoadTokenizer = (
  model: string | ModelFiles,
  options?: Pick<LoadOptions, 'offline' | 'hub' | 'signal' | 'onProgress'>,
) => Promise<LoadedTokenizer>;
