import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFailed } from './cache-failed';
import { ownedFileName, weightsFileName } from './cache-names';
import type { WeightsRequest } from './weights-request';

/**
 * Writes the weights to a temporary file, forces it to disk and renames it: under its final name a file is
 * complete or absent. On any error, an abort included, the temporary file is removed.
 */
export async function writeWeights(folder: string, request: WeightsRequest): Promise<void> {
  const { key, byteLength, write, signal, onProgress } = request;
  const temporary = join(folder, ownedFileName(key, 'temporary'));
  const final = join(folder, weightsFileName(key));
  const handle = await open(temporary, 'wx');
  try {
    try {
      const sink = async (chunk: Uint8Array, offset: number): Promise<void> => {
        signal?.throwIfAborted();
        await writeChunk(handle, chunk, offset).catch((error: unknown) => {
          throw cacheFailed(temporary, 'cannot be written', { needed: byteLength }, error);
        });
      };
      await write(sink, { signal, onProgress });
      signal?.throwIfAborted();
      await handle.sync();
      const { size } = await handle.stat();
      if (size !== byteLength) {
        throw cacheFailed(temporary, `${size} bytes were written instead of ${byteLength}`, {
          needed: byteLength,
        });
      }
    } finally {
      await handle.close();
    }
    await renameOver(temporary, final, byteLength);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function writeChunk(handle: FileHandle, chunk: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < chunk.byteLength; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.byteLength - done, offset + done);
    done += bytesWritten;
  }
}

/** Where an open file cannot be replaced (Windows), one that another process finished meanwhile is as good. */
async function renameOver(temporary: string, final: string, byteLength: number): Promise<void> {
  try {
    await rename(temporary, final);
  } catch (error) {
    const other = await stat(final).catch(() => undefined);
    if (other?.size !== byteLength) throw error;
    await unlink(temporary);
  }
}

/** Makes the rename itself durable, where folders can be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
