import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { type LoadNgramIndexOptions, readNgramIndex } from '../file/load-ngram-index';
import { ngramIndexParts } from '../file/write-ngram-index';
import type { NgramIndex } from '../index/ngram-index';
import { atomicWrite } from './atomic-write';
import { openFile } from './file-source';
import { BlockCache, blockLength, PagedStore } from './paged-store';

export interface SaveOptions {
  readonly signal?: AbortSignal;
}

/**
 * Saves an index. An interrupted save leaves the file that was there as it was.
 * @throws what the file system says; the signal's reason
 */
export async function saveNgramIndex(
  path: string,
  index: NgramIndex,
  options: SaveOptions = {},
): Promise<void> {
  checkOptionNames('saveNgramIndex', options, ['signal']);
  await atomicWrite(path, ngramIndexParts(index), options.signal);
}

/**
 * Reads an index that `saveNgramIndex` wrote, all of it, into memory.
 * @throws NextTokenError as `loadNgramIndex`; `file-not-found`
 */
export async function openNgramIndex(path: string, options: LoadNgramIndexOptions = {}): Promise<NgramIndex> {
  const file = openFile(path);
  try {
    return await readNgramIndex(file, options);
  } finally {
    file.close();
  }
}

export interface PagedIndexOptions extends LoadNgramIndexOptions {
  /** Bytes of ids and positions kept in memory at most; an integer >= 65536, default 64 MiB. */
  readonly cacheBytes?: number;
}

export interface PagedNgramIndex {
  readonly index: NgramIndex;
  /** Closes the file; the index must not be used any more. Idempotent. */
  dispose(): void;
}

/**
 * Opens an index whose ids and positions stay on disk and are read in blocks of 16 KiB. The vocabulary and 4 bytes a word
 * are in memory. Checksums of what stays on disk are not checked.
 *
 * @throws NextTokenError as `loadNgramIndex`; `file-not-found`
 *
 * Cost of a look-up: some 20 blocks, most of them soon kept.
 */
export async function openPagedNgramIndex(
  path: string,
  options: PagedIndexOptions = {},
): Promise<PagedNgramIndex> {
  const { cacheBytes = 64 * 2 ** 20, ...loadOptions } = options;
  if (!Number.isSafeInteger(cacheBytes) || cacheBytes < 65_536) {
    throw invalidParameter('openPagedNgramIndex', 'cacheBytes', cacheBytes, 'an integer >= 65536');
  }
  const file = openFile(path);
  const cache = new BlockCache(file.descriptor, Math.floor(cacheBytes / (blockLength * 4)));
  try {
    const index = await readNgramIndex(
      file,
      loadOptions,
      async (section, start) => new PagedStore(cache, start + section.offset, section.length / 4),
    );
    return { index, dispose: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}
