import { NextTokenError } from '@nexttoken/model';

/** One call at a time: a second one is refused by name, and disposing waits for the running one. */
export class Exclusive {
  #running: string | undefined;
  #settled: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  /** @throws NextTokenError `disposed`, `session-busy` */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#disposed) throw new NextTokenError('disposed', `${name}: the session was disposed`);
    if (this.#running)
      throw new NextTokenError(
        'session-busy',
        `${name}: a ${this.#running} of this session is still running`,
        {
          running: this.#running,
        },
      );
    this.#running = name;
    const result = work();
    this.#settled = result;
    try {
      return await result;
    } finally {
      this.#running = undefined;
    }
  }

  /** Runs `free` once, after the running call has ended; later calls get the same promise. */
  dispose(free: () => Promise<void> | void): Promise<void> {
    this.#disposed ??= this.#settled.then(
      () => free(),
      () => free(),
    );
    return this.#disposed;
  }
}
