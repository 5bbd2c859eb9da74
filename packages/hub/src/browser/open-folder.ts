import { NextTokenError } from '@nexttoken/model';

/** A place in the origin private file system: folder names from its root on. */
export type FolderPath = readonly string[];

/** What a lookup finds; `undefined` where there is no such entry. */
async function unlessMissing<Value>(lookup: Promise<Value>): Promise<Value | undefined> {
  return lookup.catch((error: unknown) => {
    if ((error as Error).name === 'NotFoundError' || (error as Error).name === 'TypeMismatchError')
      return undefined;
    throw error;
  });
}

/** @throws NextTokenError `unsupported-capability` where pages may keep no files */
async function root(): Promise<FileSystemDirectoryHandle> {
  const message = 'this browser, window or page (https is needed) keeps no files for pages';
  const missing = (cause?: unknown) =>
    new NextTokenError('unsupported-capability', message, { capability: 'file-storage' }, { cause });
  if (typeof globalThis.navigator?.storage?.getDirectory !== 'function') throw missing();
  return navigator.storage.getDirectory().catch((cause: unknown) => {
    throw missing(cause);
  });
}

/** A folder of the origin private file system, made where it is missing. */
export async function makeFolder(path: FolderPath): Promise<FileSystemDirectoryHandle> {
  let folder = await root();
  for (const name of path) folder = await folder.getDirectoryHandle(name, { create: true });
  return folder;
}

/** A folder of the origin private file system; `undefined` where there is none. */
export async function openFolder(path: FolderPath): Promise<FileSystemDirectoryHandle | undefined> {
  let folder: FileSystemDirectoryHandle | undefined = await root();
  for (const name of path) folder = folder && (await unlessMissing(folder.getDirectoryHandle(name)));
  return folder;
}

/** A file's content, not read yet; `undefined` where there is none. */
export async function openFile(
  folder: FileSystemDirectoryHandle | undefined,
  name: string,
): Promise<File | undefined> {
  const handle = folder && (await unlessMissing(folder.getFileHandle(name)));
  return handle && unlessMissing(handle.getFile());
}
