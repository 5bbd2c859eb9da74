import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RepositoryFile } from '../listing/list-repository';
import type { StoredPart } from '../platform/repository-store';
import { parseJournal } from '../transfer/journal';
import { fileDigest } from './file-digest';
import { writeAtomically } from './write-atomically';

/** Of the part of a content, and of the journal beside it. */
export const partEnding = '.nexttoken-part';
export const journalEnding = `${partEnding}.json`;

/** Opens what an earlier run left of a content, or begins it: a file beside the content's own place, and its journal. */
export async function openNodePart(blob: string, { size }: RepositoryFile): Promise<StoredPart> {
  const path = `${blob}${partEnding}`;
  const journalPath = `${blob}${journalEnding}`;
  let journal = await readFile(journalPath, 'utf8').catch(() => '');
  let handle: FileHandle | undefined;
  if (parseJournal(journal, size)) handle = await open(path, 'r+').catch(() => undefined);
  if (!handle) journal = '';
  const file = handle ?? (await open(path, 'w+'));
  let isOpen = true;

  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  }

  return {
    journal,
    note: (text) => writeAtomically(journalPath, text),
    async write(bytes, at) {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
        written += bytesWritten;
      }
    },
    clear: () => file.truncate(0),
    digest: (kind, signal) => fileDigest(path, kind, signal),
    async finish() {
      await file.sync();
      await close();
      await rename(path, blob);
      await removeJournal(journalPath);
    },
    async remove() {
      await close();
      await Promise.all([rm(path, { force: true }), removeJournal(journalPath)]);
    },
    close,
  };
}

/** Also what a killed process left of one while it wrote it; whoever calls this holds the content's lock. */
async function removeJournal(path: string): Promise<void> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(path)));
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}
