import * as hub from '../../index.browser';

/** How a call ended: a value, or what an error says. */
export type Outcome = { value?: unknown; code?: string; name?: string; message?: string; details?: unknown };

async function outcome(work: () => Promise<unknown>): Promise<Outcome> {
  return work().then(
    (value) => ({ value }),
    (error: Error & { code?: string; details?: unknown }) => {
      const { code, name, message, details } = error;
      return { name, message, ...(code !== undefined && { code }), details };
    },
  );
}

const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

export interface Stored {
  readonly path: string;
  readonly size: number;
  /** SHA-256, and git's hash, as the browser itself computes them. */
  readonly digests: readonly string[];
}

/** Every file below a folder of the origin private file system. */
async function stored(folder?: FileSystemDirectoryHandle, base = ''): Promise<Stored[]> {
  const files: Stored[] = [];
  for await (const [name, handle] of folder ?? (await navigator.storage.getDirectory())) {
    const path = `${base}${name}`;
    if (handle.kind === 'directory') {
      files.push(...(await stored(handle as FileSystemDirectoryHandle, `${path}/`)));
      continue;
    }
    const file = await (handle as FileSystemFileHandle).getFile();
    const blob = new Blob([`blob ${file.size}\0`, file]);
    const digests = await Promise.all([
      crypto.subtle.digest('SHA-256', await file.arrayBuffer()).then(hex),
      crypto.subtle.digest('SHA-1', await blob.arrayBuffer()).then(hex),
    ]);
    files.push({ path, size: file.size, digests });
  }
  return files;
}

async function fileText(...call: Parameters<typeof hub.openCachedFile>): Promise<string> {
  return (await hub.openCachedFile(...call)).text();
}

const page = { ...hub, outcome, stored, fileText };
declare global {
  /** What the tests call in the page. */
  var hubPage: typeof page;
}
globalThis.hubPage = page;
