import { contentDigest } from './content-digest';
import { makeFolder } from './open-folder';
import {
  type FromStorage,
  journalLength,
  journalText,
  partEnding,
  type StorageTasks,
  type TaskName,
  type ToStorage,
} from './storage-protocol';
import { whenFree } from './when-free';

// Only a worker may write at a place of a file without a copy of the whole, so all writing happens here.

/** As the standard has it; the libraries of types know it in worker projects only. */
interface AccessHandle {
  read(buffer: Uint8Array, options: { at: number }): number;
  write(buffer: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}
interface WritableFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<AccessHandle>;
  move(name: string): Promise<void>;
}

interface Part {
  readonly folder: FileSystemDirectoryHandle;
  readonly file: WritableFile;
  readonly name: string;
  readonly size: number;
  readonly access: AccessHandle;
}

const parts = new Map<number, Part>();
const stopped = new Set<number>();
let count = 0;

const accessOf = (file: WritableFile) => whenFree(() => file.createSyncAccessHandle());
const rename = (file: WritableFile, name: string) => whenFree(() => file.move(name));

function writeAll(access: AccessHandle, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    const written = access.write(bytes.subarray(done), { at: at + done });
    if (written <= 0) throw new DOMException('nothing more can be written', 'QuotaExceededError');
    done += written;
  }
}

function partOf(number: number): Part {
  const part = parts.get(number);
  if (!part) throw new DOMException('the part was closed before', 'InvalidStateError');
  return part;
}

function close(number: number): void {
  parts.get(number)?.access.close();
  parts.delete(number);
}

type Handlers = {
  [Name in TaskName]: (
    input: StorageTasks[Name]['input'],
    call: number,
  ) => StorageTasks[Name]['output'] | Promise<StorageTasks[Name]['output']>;
};

const handlers: Handlers = {
  async open({ folder: path, name, size }) {
    const folder = await makeFolder(path);
    const file = (await folder.getFileHandle(name + partEnding, { create: true })) as WritableFile;
    const access = await accessOf(file);
    const part = ++count;
    parts.set(part, { folder, file, name, size, access });
    try {
      let journal = '';
      if (access.getSize() === size + journalLength) {
        const bytes = new Uint8Array(journalLength);
        access.read(bytes, { at: size });
        journal = journalText(bytes);
      } else {
        access.truncate(0);
        // Takes the room at once: what does not fit fails before it is fetched.
        access.truncate(size + journalLength);
      }
      return { part, journal };
    } catch (error) {
      close(part);
      throw error;
    }
  },
  write({ part, bytes, at }) {
    writeAll(partOf(part).access, bytes, at);
    return null;
  },
  note({ part, journal }) {
    const { access, size } = partOf(part);
    // Of one length, in one write: no reader ever finds half of it.
    writeAll(access, new TextEncoder().encode(journal.padEnd(journalLength)), size);
    return null;
  },
  clear({ part }) {
    const { access, size } = partOf(part);
    access.truncate(0);
    access.truncate(size + journalLength);
    return null;
  },
  digest({ part, kind }, call) {
    const { access, size } = partOf(part);
    const buffer = new Uint8Array(1 << 20);
    const read = (at: number, length: number) =>
      buffer.subarray(0, access.read(buffer.subarray(0, length), { at }));
    return contentDigest(kind, size, read, () => stopped.has(call));
  },
  async finish({ part }) {
    const { access, file, name, size } = partOf(part);
    access.truncate(size);
    access.flush();
    close(part);
    await rename(file, name);
    return null;
  },
  async remove({ part }) {
    const { folder, name } = partOf(part);
    close(part);
    await folder.removeEntry(name + partEnding);
    return null;
  },
  close({ part }) {
    close(part);
    return null;
  },
  async writeText({ folder: path, name, text }) {
    const folder = await makeFolder(path);
    const temporary = `.${crypto.randomUUID()}.tmp`;
    const file = (await folder.getFileHandle(temporary, { create: true })) as WritableFile;
    const access = await accessOf(file);
    try {
      writeAll(access, new TextEncoder().encode(text), 0);
      access.flush();
    } finally {
      access.close();
    }
    await rename(file, name);
    return null;
  },
  async digestFile({ folder: path, name, kind }, call) {
    const file = await (await (await makeFolder(path)).getFileHandle(name)).getFile();
    const read = async (at: number, length: number) =>
      new Uint8Array(await file.slice(at, at + length).arrayBuffer());
    return contentDigest(kind, file.size, read, () => stopped.has(call));
  },
};

async function answer(message: Exclude<ToStorage, { readonly stop: number }>): Promise<FromStorage> {
  const { call, task, input } = message;
  try {
    const handler = handlers[task] as (input: unknown, call: number) => unknown;
    return { call, output: await handler(input, call) };
  } catch (error) {
    const { name, message: text } = error as Error;
    return { call, error: { name, message: text } };
  } finally {
    stopped.delete(call);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToStorage>) => {
  if ('stop' in data) stopped.add(data.stop);
  else void answer(data).then((result) => self.postMessage(result));
});
