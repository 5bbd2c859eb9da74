import type { RepositoryFile } from '../listing/list-repository';
import type { RepositoryStore, StoredPart } from '../platform/repository-store';
import { parseJournal, type Segment } from './journal';

/** A file in the making, with a journal that tells which of its bytes are there. */
export interface PartFile extends Pick<StoredPart, 'digest' | 'finish' | 'remove'> {
  readonly segments: readonly Segment[];
  /** Appends to what the segment has. The bytes' buffer may be given away. */
  write(segment: Segment, bytes: Uint8Array): Promise<void>;
  /** Forgets all bytes: the next try begins anew, as one segment. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const journalEvery = 1 << 20;

function plan(size: number, connections: number, smallest: number): Segment[] {
  const count = Math.max(1, Math.min(connections, Math.floor(size / smallest)));
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor((size / count) * i);
    return { start, end: i + 1 === count ? size : Math.floor((size / count) * (i + 1)), done: 0 };
  });
}

/**
 * Opens what an earlier run left of a file, or begins it. Every MiB is noted in the journal after its bytes were
 * written, so that a process or tab that is killed loses at most that much a segment.
 * @param connections how many segments a large file is cut into at most; none is below `smallest` bytes
 */
export async function openPartFile(
  store: RepositoryStore,
  file: RepositoryFile,
  connections: number,
  smallest: number,
): Promise<PartFile> {
  const part = await store.openPart(file);
  let segments = parseJournal(part.journal, file.size) ?? plan(file.size, connections, smallest);
  let unnoted = 0;
  let hasEnded = false;
  let noting = Promise.resolve();

  async function note(): Promise<void> {
    unnoted = 0;
    const text = JSON.stringify(segments);
    noting = noting.then(() => part.note(text));
    await noting;
  }

  async function end(how: () => Promise<void>): Promise<void> {
    hasEnded = true;
    await how();
  }

  try {
    await note();
  } catch (error) {
    await part.close();
    throw error;
  }
  return {
    get segments() {
      return segments;
    },
    async write(segment, bytes) {
      const { length } = bytes;
      await part.write(bytes, segment.start + segment.done);
      segment.done += length;
      unnoted += length;
      if (unnoted >= journalEvery || segment.start + segment.done === segment.end) await note();
    },
    async restart() {
      segments = plan(file.size, 1, 1);
      await part.clear();
      await note();
    },
    digest: part.digest,
    finish: () => end(part.finish),
    remove: () => end(part.remove),
    async close() {
      if (unnoted > 0 && !hasEnded) await note().catch(() => undefined);
      await noting.catch(() => undefined);
      await part.close();
    },
  };
}
