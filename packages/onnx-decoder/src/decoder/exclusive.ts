import { NextTokenError } from '@nexttoken/model';

/** One call at a time: a second one is refused by name, and disposing waits for the running one. */
export class Exclusive {
  #running: string | undefined;
  #settled: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  /** Rejects with NextTokenError `disposed` or `session-busy`. */
  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#disposed)
      return Promise.reject(new NextTokenError('disposed', `${name}: the session was disposed`));
    if (this.#running)
      return Promise.reject(
        new NextTokenError('session-busy', `${name}: a ${this.#running} of this session is still running`, {
          running: this.#running,
        }),
      );
    this.#running = name;
    const result = this.#finish(work);
    this.#settled = result;
    return result;
  }

  /** Runs `free` once, after the running call has ended; later calls get the same promise. */
  dispose(free: () => Promise<void> | void): Promise<void> {
    this.#disposed ??= this.#settled.then(
      () => free(),
      () => free(),
    );
    return this.#disposed;
  }

  async #finish<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.#running = undefined;
    }
  }
}
