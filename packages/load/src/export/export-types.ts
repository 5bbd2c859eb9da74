import type { FolderDtype, OnnxFolder, WeightPrecision } from '@nexttoken/onnx-export';

/** Number formats of an exported folder: the first four as ONNX, `fp32`, `fp16`, `bf16` as safetensors. */
export type ExportDtype = FolderDtype | 'bf16';

/** What `exportModel` is doing now. */
export interface ExportProgress {
  /** `download`: files are fetched from the hub; `weights`: the weights are written. */
  readonly stage: 'download' | 'weights';
  /** Bytes done. */
  readonly done: number;
  /** Bytes in all. */
  readonly total: number;
}

export interface ExportModelOptions {
  /** `onnx` (default): for transformers.js and onnxruntime-genai; `safetensors`: for everything of Hugging Face's. */
  readonly format?: 'onnx' | 'safetensors' | undefined;
  /** Number format of the weights; default `fp32` for ONNX, `fp16` for safetensors. */
  readonly dtype?: ExportDtype | undefined;
  /** ONNX: as of `exportDecoder`. */
  readonly precision?: WeightPrecision | undefined;
  /** Safetensors: most bytes of data in a file; default 5,000,000,000. */
  readonly maxShardBytes?: number | undefined;
  /** Whether a folder that is there already is replaced, once the new one is complete; default false. */
  readonly overwrite?: boolean | undefined;
  /** As of `load`. */
  readonly offline?: boolean | undefined;
  /** Ends the export with the signal's reason; the folder does not come into being. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** What was written. */
export interface ExportedModel {
  /** Absolute. */
  readonly folder: string;
  readonly format: 'onnx' | 'safetensors';
  readonly dtype: ExportDtype;
  /** By their paths in the folder. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** ONNX: how attention is written, and what the matrices became. */
  readonly graph?: { readonly layout: OnnxFolder['layout'] } & OnnxFolder['description'];
  /** What others may miss: files that the model does not have. */
  readonly missing: readonly string[];
}
