import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file beside the one that may be there, and puts it in its place when it is whole and on the disk. Whatever
 * interrupts it, the old file stays as it was.
 * @throws what the file system says; nothing is left behind then
 */
export async function atomicWrite(
  path: string,
  parts: Iterable<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    try {
      for (const part of parts) {
        signal?.throwIfAborted();
        await file.appendFile(part);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
