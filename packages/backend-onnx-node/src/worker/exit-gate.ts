const closing = 0;
const running = 1;
const longestWait = 30_000;

/**
 * Lets a process end while the runtime computes in a worker: ending it in the middle of a run aborts the
 * whole process (exit code 134). The worker marks its runs in shared memory; on `exit` the main thread
 * closes the gate, so that no new run begins, and waits for the present one (at most a chunk).
 */
export class ExitGate {
  readonly #flags: Int32Array;

  constructor(readonly shared: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.#flags = new Int32Array(shared);
  }

  /** Worker's side: does work in the runtime, unless the process is ending. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    Atomics.add(this.#flags, running, 1);
    try {
      if (Atomics.load(this.#flags, closing)) throw new Error('the process is ending');
      return await work();
    } finally {
      Atomics.sub(this.#flags, running, 1);
      Atomics.notify(this.#flags, running);
    }
  }

  /** Main thread's side: waits at process exit. @returns a function that takes the guard away again */
  guardProcessExit(): () => void {
    const wait = () => {
      Atomics.store(this.#flags, closing, 1);
      const deadline = Date.now() + longestWait;
      for (let count = 1; count > 0 && Date.now() < deadline; ) {
        count = Atomics.load(this.#flags, running);
        if (count > 0) Atomics.wait(this.#flags, running, count, deadline - Date.now());
      }
    };
    process.on('exit', wait);
    return () => process.off('exit', wait);
  }
}
