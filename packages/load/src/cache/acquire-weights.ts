import { mkdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { cacheFailed } from './cache-failed';
import { ownedFileName, weightsFileName } from './cache-names';
import { makeRoom } from './make-room';
import { scanCache } from './scan-cache';
import type { WeightsRequest } from './weights-request';
import { writeWeights } from './write-weights';

/** Weights in the cache, marked as used until they are released. */
export interface AcquiredWeights {
  readonly folder: string;
  readonly path: string;
  /** Whether they were there already. */
  readonly reused: boolean;
  /** Takes the mark away. Idempotent. */
  release(): Promise<void>;
}

/**
 * Weights from the cache, written first if they are not there or have the wrong size. Any number of processes may
 * do this at once: each writes a file of its own, the last rename wins, all are equal.
 * @param limit bytes that the cache may hold; the least recently used weights make room
 * @throws NextTokenError `cache-failed` when they cannot fit or the folder cannot be written; the signal's reason on abort
 */
export async function acquireWeights(
  folder: string,
  limit: number,
  request: WeightsRequest,
): Promise<AcquiredWeights> {
  try {
    return await acquire(folder, limit, request);
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') {
      // Somebody removed the folder meanwhile: that is allowed at any time, so once more.
      return await acquire(folder, limit, request).catch((again: unknown) => fail(folder, again));
    }
    return fail(folder, error);
  }
}

async function acquire(folder: string, limit: number, request: WeightsRequest): Promise<AcquiredWeights> {
  const path = join(folder, weightsFileName(request.key));
  await mkdir(folder, { recursive: true });
  const mark = join(folder, ownedFileName(request.key, 'use-mark'));
  await writeFile(mark, '', { flag: 'wx' });
  const release = async (): Promise<void> => {
    await unlink(mark).catch(() => undefined);
  };
  try {
    await scanCache(folder);
    const present = await stat(path).catch(() => undefined);
    const reused = present?.size === request.byteLength;
    if (!reused) {
      await makeRoom(folder, request.key, request.byteLength, limit);
      await writeWeights(folder, request);
    }
    const now = new Date();
    await utimes(path, now, now);
    return { folder, path, reused, release };
  } catch (error) {
    await release();
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && !NextTokenError.isInstance(error) && 'errno' in error && 'syscall' in error
  );
}

/** File errors that come here are the cache's own: those of the model's files were named where they were read. */
function fail(folder: string, error: unknown): never {
  if (isFileError(error)) throw cacheFailed(error.path ?? folder, error.message, {}, error);
  throw error;
}
