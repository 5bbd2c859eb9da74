/** Work that is done anew as often as it is wished for; of several wishes at once the last is met. */
export class Latest {
  #running: Promise<void> | undefined;
  #isWished = false;

  /** @param work is told whether something else was wished for meanwhile; it never fails */
  constructor(readonly work: (isStale: () => boolean) => Promise<void>) {}

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Resolves when the last wish is met. */
  ask(): Promise<void> {
    this.#isWished = true;
    this.#running ??= this.#work();
    return this.#running;
  }

  async #work(): Promise<void> {
    while (this.#isWished) {
      this.#isWished = false;
      await this.work(() => this.#isWished);
    }
    this.#running = undefined;
  }
}
