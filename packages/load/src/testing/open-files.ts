import { readdir, readlink } from 'node:fs/promises';

/** Paths below `folder` that this process holds open; `undefined` where the system does not tell (it does on Linux). */
export async function openFilesBelow(folder: string): Promise<string[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const numbers = await readdir('/proc/self/fd');
  const paths = await Promise.all(
    numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')),
  );
  return paths.filter((path) => path.startsWith(folder));
}
