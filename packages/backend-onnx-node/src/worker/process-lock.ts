import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const key = 'nexttoken.webgpu-lock';
const free = 0;
const held = 1;

/** Milliseconds between two looks at the lock, where another thread holds it. */
const pause = 1;

/**
 * One holder at a time in the whole process. The native WebGPU provider has one device context for all sessions of a
 * process and does not guard it: two threads that compute at once mix their commands up. Threads started later
 * inherit the lock.
 */
export class ProcessLock {
  readonly #flag: Int32Array;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(shared: SharedArrayBuffer) {
    this.#flag = new Int32Array(shared);
  }

  /** Does work while nobody else in the process holds the lock. */
  hold<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      while (Atomics.compareExchange(this.#flag, 0, free, held) !== free)
        await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        return await work();
      } finally {
        Atomics.store(this.#flag, 0, free);
      }
    });
    this.#queue = result.catch(() => {});
    return result;
  }
}

let lock: ProcessLock | undefined;

/** The process's lock for WebGPU; to be asked for in a thread before it starts others. */
export function webgpuLock(): ProcessLock {
  if (lock) return lock;
  let shared = getEnvironmentData(key) as SharedArrayBuffer | undefined;
  if (!shared) {
    shared = new SharedArrayBuffer(4);
    setEnvironmentData(key, shared);
  }
  lock = new ProcessLock(shared);
  return lock;
}
