import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { NextTokenError } from '@nexttoken/model';

/** A folder in the making: under a name of its own beside the final one. */
export interface NewFolder {
  /** Where its files are written. */
  readonly path: string;
  /** Refuses what the disk has no room for. */
  checkRoom(bytes: number): Promise<void>;
}

/**
 * Makes a folder as a whole or not at all: `fill` writes into a temporary one beside it, which takes the final name when
 * it is complete. An empty folder of that name may be there; a full one only with `overwrite`, and then it stays until the
 * new one is complete.
 * @throws NextTokenError `already-exists`; `export-failed` for what the file system refuses; what `fill` throws, after
 * everything was removed again
 */
export async function newFolder<Result>(
  folder: string,
  overwrite: boolean,
  fill: (folder: NewFolder) => Promise<Result>,
): Promise<Result> {
  const final = resolve(folder);
  const temporary = `${final}.partial-${randomBytes(6).toString('hex')}`;
  try {
    await checkFree(final, overwrite);
    await mkdir(temporary, { recursive: true });
    const result = await fill({ path: temporary, checkRoom: (bytes) => checkRoom(final, bytes) });
    await checkFree(final, overwrite);
    await replace(final, temporary);
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw typed(final, error);
  }
}

async function checkFree(final: string, overwrite: boolean): Promise<void> {
  const found = await lstat(final).catch(() => undefined);
  if (!found) return;
  const isFolder = found.isDirectory();
  if (isFolder && (overwrite || (await readdir(final)).length === 0)) return;
  const what = isFolder ? 'and is not empty; it is replaced only when asked for' : 'and is no folder';
  throw new NextTokenError('already-exists', `${final} is there already, ${what}`, { path: final });
}

/** Puts the new folder in the old one's place; if that fails the old one is back. */
async function replace(final: string, temporary: string): Promise<void> {
  const old = `${temporary}-old`;
  const hasOld = await rename(final, old).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(temporary, final);
  } catch (error) {
    if (hasOld) await rename(old, final);
    throw error;
  }
  if (hasOld) await rm(old, { recursive: true, force: true });
}

async function checkRoom(final: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(await existingParent(final));
  const available = bavail * bsize;
  if (needed <= available) return;
  const message = `${final}: ${needed} bytes are to be written, and the disk has room for ${available}`;
  throw new NextTokenError('export-failed', message, { path: final, needed, available });
}

async function existingParent(path: string): Promise<string> {
  const parent = dirname(path);
  const found = await stat(parent).catch(() => undefined);
  return found || parent === path ? parent : existingParent(parent);
}

function typed(path: string, error: unknown): unknown {
  const isFile = error instanceof Error && 'syscall' in error && !NextTokenError.isInstance(error);
  if (!isFile) return error;
  return new NextTokenError(
    'export-failed',
    `${path} cannot be written: ${error.message}`,
    { path },
    { cause: error },
  );
}
