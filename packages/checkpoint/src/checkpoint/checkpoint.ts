import type { Architecture } from '../architectures/architecture';
import type { TensorInfo } from './tensor-info';

export interface ReadOptions {
  /** Ends the work at the next border with the signal's reason (an `AbortError`). */
  readonly signal?: AbortSignal;
}

/**
 * A model as it is stored: what it is, what its tensors are, and their numbers on demand. Everything was
 * checked against the architecture when it was opened; a tensor's bytes are read only when asked for.
 */
export interface Checkpoint {
  readonly format: 'safetensors' | 'gguf';
  /** Folder or file name. */
  readonly name: string;
  readonly architecture: Architecture;
  /** By Hugging Face name, also for GGUF; in the file's order. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** config.json as parsed, or the key-values of a GGUF file (64-bit integers as numbers where safe). */
  readonly metadata: Readonly<Record<string, unknown>>;

  /**
   * One tensor's values as float32, row-major, rows in Hugging Face's order (GGUF stores the rows of
   * llama's query and key projections interleaved; they are put back). The array belongs to the caller.
   * Cost: one read of `byteLength` bytes and one pass; holds one tensor at a time.
   * @throws NextTokenError `missing-tensor` for an unknown name, `unsupported-dtype` for a dtype that is
   * only listed, `disposed` after `close`
   */
  read(name: string, options?: ReadOptions): Promise<Float32Array>;

  /**
   * One tensor's bytes in the stored format (blocks of quantized GGUF tensors included), rows in the order
   * of `read`. Works for every dtype. A weight made of parts has none of its own: ask for its parts by name.
   * @throws NextTokenError `missing-tensor`, `disposed`; `unsupported-dtype` for a weight made of parts
   */
  readBytes(name: string, options?: ReadOptions): Promise<Uint8Array>;

  /**
   * 64 hexadecimal digits that stand for the content (every byte of every file, and the config): equal
   * content, equal fingerprint, wherever the files lie. Streaming, about 0.2 s for 100 MB; the result is kept.
   */
  fingerprint(options?: ReadOptions): Promise<string>;

  /** Closes the sources. Idempotent. */
  close(): Promise<void>;
}
