import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import { type LoadCorpusOptions, type LoadProgress, loadCorpus } from '../corpus/load-corpus';
import type { NgramCorpus } from '../corpus/ngram-corpus';

export interface LoadCorpusFileOptions extends Omit<LoadCorpusOptions, 'onProgress'> {
  /** Called after every piece; `size` is that of all files, in bytes. */
  readonly onProgress?: (progress: LoadProgress & { readonly size: number }) => void;
}

const pieceLength = 2 ** 20;

/**
 * Reads UTF-8 text files, one after the other, as one corpus: every line is a sentence.
 * @throws NextTokenError `file-not-found`; as `loadCorpus`
 */
export async function loadCorpusFile(
  paths: string | readonly string[],
  { onProgress, ...options }: LoadCorpusFileOptions = {},
): Promise<NgramCorpus> {
  const list = typeof paths === 'string' ? [paths] : paths;
  const sizes = await Promise.all(list.map(fileSize));
  const size = sizes.reduce((sum, own) => sum + own, 0);
  return loadCorpus(piecesOf(list), {
    ...options,
    ...(onProgress && { onProgress: (progress) => onProgress({ ...progress, size }) }),
  });
}

async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch((cause: Error) => {
    throw new NextTokenError('file-not-found', `${path}: ${cause.message}`, { path }, { cause });
  });
  return found.size;
}

async function* piecesOf(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const path of paths) {
    for await (const piece of createReadStream(path, { highWaterMark: pieceLength }))
      yield piece as Uint8Array;
    yield Uint8Array.of(0x0a);
  }
}
