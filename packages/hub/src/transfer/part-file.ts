import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { writeAtomically } from '../cache/write-atomically';

/** A piece of a file that one connection brings, and how far it has come. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  done: number;
}

/** A file in the making, with a journal beside it that tells which bytes are there. */
export interface PartFile {
  readonly segments: readonly Segment[];
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

/** The journal's segments if they are those of a file of this size, else none. */
function readJournal(text: string, size: number): Segment[] | undefined {
  try {
    const found = JSON.parse(text) as Segment[];
    let at = 0;
    for (const { start, end, done } of found) {
      if (start !== at || !(end >= start) || !(done >= 0) || done > end - start) return undefined;
      at = end;
    }
    return at === size && found.length > 0 ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens what an earlier run left of a file, or begins it. Every MiB of a segment is noted in the journal after
 * its bytes were written, so that a process that is killed loses at most that much a segment.
 * @param connections how many segments a large file is cut into at most; none is below `smallest` bytes
 */
export async function openPartFile(
  path: string,
  size: number,
  connections: number,
  smallest: number,
): Promise<PartFile> {
  const journal = `${path}.json`;
  const known = readJournal(await readFile(journal, 'utf8').catch(() => ''), size);
  let handle: FileHandle | undefined;
  if (known) handle = await open(path, 'r+').catch(() => undefined);
  let segments = known && handle ? known : plan(size, connections, smallest);
  handle ??= await open(path, 'w+');
  const file = handle;
  let unnoted = 0;
  let noting = Promise.resolve();

  async function note(): Promise<void> {
    unnoted = 0;
    const text = JSON.stringify(segments);
    noting = noting.then(() => writeAtomically(journal, text));
    await noting;
  }

  await note();
  return {
    get segments() {
      return segments;
    },
    async write(segment, bytes) {
      let written = 0;
      while (written < bytes.length) {
        const at = segment.start + segment.done;
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at);
        written += bytesWritten;
        segment.done += bytesWritten;
      }
      unnoted += bytes.length;
      if (unnoted >= journalEvery || segment.start + segment.done === segment.end) await note();
    },
    async restart() {
      segments = plan(size, 1, 1);
      await file.truncate(0);
      await note();
    },
    async close() {
      await noting.catch(() => undefined);
      await file.close();
    },
  };
}

/** Removes a part file and its journal. */
export async function removePartFile(path: string): Promise<void> {
  await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })]);
}
