import type { Architecture } from '@nexttoken/checkpoint';
import type { ChatTemplate, GenerationConfig, LanguageModel, Tokenizer } from '@nexttoken/model';

/** What `load` is doing now. Stages come in this order; those that are not needed are left out. */
export interface LoadProgress {
  /**
   * `download`: files are fetched (Node: from the hub); `fingerprint`: the files are hashed; `weights`: the weights are
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

export interface LoadOptions {
  /** Where the model runs; default `auto`: the backend's choice. */
  readonly device?: string | undefined;
  /**
   * Number format of the weights as they run. Checkpoints (safetensors, GGUF) run as `fp32`; ready-made ONNX
   * files as their names say: `fp32`, `fp16`, `int8`, `uint8`, `q4`, `q4f16`, `bnb4`. Default `auto`: what the
   * preferred file gives (for ONNX `fp32` if it is there).
   */
  readonly dtype?: string | undefined;
  /**
   * Promises that nothing is fetched: a hub id is looked for in the cache alone (default in Node: `HF_HUB_OFFLINE`);
   * in a browser it is refused for URLs.
   */
  readonly offline?: boolean | undefined;
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
}

/** Where a model came from. */
export interface ModelSource {
  /** The name as it was asked for. */
  readonly name: string;
  readonly origin: 'embedded' | 'path' | 'hub-cache' | 'hub' | 'url';
  readonly format: 'safetensors' | 'gguf' | 'onnx';
  /** The file or folder (a URL in the browser) that the weights were read from. */
  readonly path: string;
  readonly dtype: string;
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

export type Load = (name: string, options?: LoadOptions) => Promise<LoadedModel>;

export interface LoadedTokenizer {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
}

export type LoadTokenizer = (
  name: string,
  options?: Pick<LoadOptions, 'offline' | 'signal' | 'onProgress'>,
) => Promise<LoadedTokenizer>;
