/** Something a view waits for: asked for once for what is shown, and given up when something else is. */
export class Work<Result> {
  result: Result | undefined;
  error: unknown;
  isBusy = false;
  #key: string | undefined;
  #stop: AbortController | undefined;

  constructor(readonly onChange: () => void) {}

  /** Asks anew when the key is another one; until the answer comes the old result stays. */
  ask(key: string, work: (signal: AbortSignal, tell: (result: Result) => void) => Promise<Result>): void {
    if (key === this.#key) return;
    this.stop();
    const stop = new AbortController();
    this.#key = key;
    this.#stop = stop;
    this.isBusy = true;
    this.error = undefined;
    const tell = (result: Result) => {
      if (this.#stop !== stop) return;
      this.result = result;
      this.onChange();
    };
    work(stop.signal, tell)
      .then(tell, (error: unknown) => {
        if (this.#stop === stop && !stop.signal.aborted) this.error = error;
      })
      .finally(() => {
        if (this.#stop === stop) this.isBusy = false;
        this.onChange();
      });
  }

  /** Ends what runs; what it told so far stays. */
  stop(): void {
    this.#stop?.abort();
    this.isBusy = false;
  }

  /** The next question is asked even if it is the same. */
  forget(): void {
    this.stop();
    this.#key = undefined;
  }
}
