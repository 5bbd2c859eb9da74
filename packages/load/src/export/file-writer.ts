import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files of a folder piece by piece; one file is open at a time. */
export interface FileWriter {
  /** @param path in the folder, with `/` */
  write(path: string, chunk: Uint8Array, offset: number): Promise<void>;
  close(): Promise<void>;
}

export function fileWriter(folder: string): FileWriter {
  let current: { readonly path: string; readonly handle: FileHandle } | undefined;
  const close = async (): Promise<void> => {
    const ending = current?.handle;
    current = undefined;
    await ending?.close();
  };
  return {
    async write(path, chunk, offset) {
      if (current?.path !== path) {
        await close();
        const file = join(folder, ...path.split('/'));
        await mkdir(dirname(file), { recursive: true });
        current = { path, handle: await open(file, 'w') };
      }
      for (let done = 0; done < chunk.length; ) {
        const length = Math.min(chunk.length - done, 2 ** 30);
        const { bytesWritten } = await current.handle.write(chunk, done, length, offset + done);
        done += bytesWritten;
      }
    },
    close,
  };
}
