import { NextTokenError } from '../errors/next-token-error';

/** The calls of one session, as its contract has them: one at a time, none behind `dispose`. */
export class SessionCalls {
  #running: string | undefined;
  #settled: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  /**
   * Makes a call, which begins at once; its promise is handed on.
   * @param call its name, e.g. `forward`, for errors
   * @throws NextTokenError `disposed`; `session-busy` (details: running) while another call is pending, which is not
   *   disturbed
   */
  run<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.#running;
    if (this.#disposed)
      return Promise.reject(new NextTokenError('disposed', `${call}: the session was disposed`));
    if (running !== undefined)
      return Promise.reject(
        new NextTokenError('session-busy', `${call}: ${running} is still running`, { running }),
      );
    this.#running = call;
    const result = this.#finish(work);
    this.#settled = result;
    return result;
  }

  /** Frees what the session holds, once, when the running call has ended; later calls get the same promise. */
  dispose(free: () => Promise<void> | void): Promise<void> {
    this.#disposed ??= this.#settled.then(
      () => free(),
      () => free(),
    );
    return this.#disposed;
  }

  async #finish<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      this.#running = undefined;
    }
  }
}
