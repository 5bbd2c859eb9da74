import { type FolderPath, openFolder } from './open-folder';

/** The file whose time of change tells when a model was last used. */
export const useFile = 'used';

/** Notes that a model is used now; where that cannot be written, the time of its download has to do. */
export async function noteUse(base: FolderPath): Promise<void> {
  try {
    const file = await (await openFolder(base))?.getFileHandle(useFile, { create: true });
    const writing = await file?.createWritable();
    await writing?.write(String(Date.now()));
    await writing?.close();
  } catch {
    // an older browser, or no room
  }
}
