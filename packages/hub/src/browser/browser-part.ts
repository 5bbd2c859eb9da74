import type { RepositoryFile } from '../listing/list-repository';
import type { StoredPart } from '../platform/repository-store';
import type { FolderPath } from './open-folder';
import { askStorage } from './storage-client';

/** Opens what an earlier visit left of a content, or begins it: one file with its journal behind the content. */
export async function openBrowserPart(folder: FolderPath, file: RepositoryFile): Promise<StoredPart> {
  const name = file.checksum.digest;
  const path = [...folder, name].join('/');
  const { part, journal } = await askStorage(path, 'open', { folder, name, size: file.size });
  let isOpen = true;
  return {
    journal,
    note: async (text) => void (await askStorage(path, 'note', { part, journal: text })),
    async write(bytes, at) {
      const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
      const transfer = [whole.buffer as ArrayBuffer];
      await askStorage(path, 'write', { part, bytes: whole, at }, { transfer });
    },
    clear: async () => void (await askStorage(path, 'clear', { part })),
    digest: (kind, signal) => askStorage(path, 'digest', { part, kind }, signal && { signal }),
    finish: async () => void (await askStorage(path, 'finish', { part })),
    remove: async () => void (await askStorage(path, 'remove', { part })),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await askStorage(path, 'close', { part });
    },
  };
}
