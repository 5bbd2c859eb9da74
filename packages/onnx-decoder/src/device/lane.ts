/**
 * Work in the order in which it was asked for, one piece at a time: a runtime that computes asynchronously is
 * never called a second time before it has answered, and a tensor is freed behind the last run that reads it.
 */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();

  /** @param around what every piece is done within, e.g. a lock */
  constructor(readonly around: <T>(work: () => T | Promise<T>) => T | Promise<T> = (work) => work()) {}

  add<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.around(work));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when everything asked for until now was done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
