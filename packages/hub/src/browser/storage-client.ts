import { NextTokenError } from '@nexttoken/model';
import type { FromStorage, StorageTasks, TaskName, ToStorage } from './storage-protocol';

interface Pending {
  readonly path: string;
  readonly resolve: (output: never) => void;
  readonly reject: (error: unknown) => void;
}

/** The worker ends when nothing was asked of it for this long. */
const idleAfter = 5_000;

let worker: Worker | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;
let count = 0;
let openParts = 0;
const pending = new Map<number, Pending>();

function failure(path: string, name: string, message: string): Error {
  if (name === 'AbortError') return new DOMException(message, name);
  const why = name === 'QuotaExceededError' ? 'there is no room left' : `${name}: ${message}`;
  return new NextTokenError('cache-failed', `${path} cannot be written: ${why}`, { path, reason: name });
}

function start(): Worker {
  const made = new Worker(new URL('./storage-worker.js', import.meta.url), {
    type: 'module',
    name: 'nexttoken-storage',
  });
  made.addEventListener('message', ({ data }: MessageEvent<FromStorage>) => {
    const call = pending.get(data.call);
    pending.delete(data.call);
    if ('error' in data) call?.reject(failure(call.path, data.error.name, data.error.message));
    else call?.resolve(data.output as never);
    rest();
  });
  made.addEventListener('error', (event) => {
    stop();
    const message = event.message || 'its script cannot be loaded';
    for (const { path, reject } of pending.values()) reject(failure(path, 'storage worker', message));
    pending.clear();
  });
  return made;
}

function stop(): void {
  worker?.terminate();
  worker = undefined;
  openParts = 0;
}

function rest(): void {
  clearTimeout(idle);
  if (pending.size === 0 && openParts === 0) idle = setTimeout(stop, idleAfter);
}

/**
 * Asks the storage worker for something, starting it when there is none.
 * @param path for errors
 * @throws NextTokenError `cache-failed`; the signal's reason on abort
 */
export async function askStorage<Name extends TaskName>(
  path: string,
  task: Name,
  input: StorageTasks[Name]['input'],
  {
    transfer = [],
    signal,
  }: { readonly transfer?: readonly ArrayBuffer[]; readonly signal?: AbortSignal } = {},
): Promise<StorageTasks[Name]['output']> {
  signal?.throwIfAborted();
  clearTimeout(idle);
  worker ??= start();
  const own = worker;
  const call = ++count;
  const stopTask = () => own.postMessage({ stop: call } satisfies ToStorage);
  signal?.addEventListener('abort', stopTask, { once: true });
  try {
    const output = await new Promise<StorageTasks[Name]['output']>((resolve, reject) => {
      pending.set(call, { path, resolve, reject });
      own.postMessage({ call, task, input } as ToStorage, [...transfer]);
    });
    if (task === 'open') openParts++;
    return output;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stopTask);
    if (task === 'close') {
      openParts = Math.max(0, openParts - 1);
      rest();
    }
  }
}
