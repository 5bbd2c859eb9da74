import type { StoredContent } from '../platform/repository-store';
import { bytesInJournal } from '../transfer/journal';
import { useFile } from './note-use';
import { type FolderPath, openFile, openFolder } from './open-folder';
import { journalLength, journalText, partEnding } from './storage-protocol';

/** The contents of a repository, whole and unfinished. */
export async function findContents(base: FolderPath): Promise<StoredContent[]> {
  const used = (await openFile(await openFolder(base), useFile))?.lastModified ?? 0;
  const blobs = await openFolder([...base, 'blobs']);
  const contents: StoredContent[] = [];
  for await (const entry of blobs?.keys() ?? []) {
    const file = await openFile(blobs, entry);
    if (!file) continue;
    const isWhole = !entry.endsWith(partEnding);
    contents.push({
      name: isWhole ? entry : entry.slice(0, -partEnding.length),
      isWhole,
      path: [...base, 'blobs', entry].join('/'),
      size: isWhole ? file.size : await bytesOfPart(file),
      occupied: file.size,
      lastUsed: Math.max(file.lastModified, used),
    });
  }
  return contents;
}

async function bytesOfPart(file: File): Promise<number> {
  const tail = file.slice(Math.max(0, file.size - journalLength));
  const bytes = await tail.arrayBuffer().catch(() => new ArrayBuffer(0));
  return bytesInJournal(journalText(new Uint8Array(bytes)));
}
