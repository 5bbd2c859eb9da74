import { type ByteSource, blobSource, bytesSource } from '@nexttoken/checkpoint';
import type { ModelSource } from '../load/load-types';
import type { FetchOptions } from './fetch-bytes';

/** A file of a model: fetched, or kept by the browser and not read yet. */
export interface OpenedFile {
  /** For people. */
  readonly path: string;
  readonly content: Uint8Array | Blob;
}

/** Where a model's files are. */
export interface BrowserLocation {
  readonly origin: Exclude<ModelSource['origin'], 'path'>;
  readonly modelId: string;
  /** The place as a whole, for people. */
  readonly href: string;
  /** A file that was named itself, e.g. `model.gguf`. */
  readonly file?: string;
  /** The names of all its files, where they are known. */
  readonly names?: readonly string[];
  placeOf(file: string): string;
  /** `undefined` for a file that the model has not. */
  open(file: string, options: FetchOptions): Promise<OpenedFile | undefined>;
}

/** A file's bytes in ranges; those of a kept file stay where they are until they are asked for. */
export function sourceOf({ path, content }: OpenedFile): ByteSource {
  return content instanceof Blob ? blobSource(content, path) : bytesSource(content, path);
}

/** All bytes of a file. */
export async function bytesOf({ content }: OpenedFile): Promise<Uint8Array> {
  return content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
}
