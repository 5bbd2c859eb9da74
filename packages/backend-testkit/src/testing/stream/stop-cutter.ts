/** Gives out a text piece by piece and ends it before the first of some stop strings; holds back what may be one. */
export class StopCutter {
  #held = '';

  constructor(private readonly stops: readonly string[]) {}

  /** Takes more text. @returns what is certain, and whether a stop string was found */
  push(text: string): { readonly text: string; readonly stopped: boolean } {
    this.#held += text;
    const places = this.stops.map((stop) => this.#held.indexOf(stop)).filter((place) => place >= 0);
    if (places.length > 0) return { text: this.#held.slice(0, Math.min(...places)), stopped: true };
    const certain = this.#held.length - this.#beginning();
    const out = this.#held.slice(0, certain);
    this.#held = this.#held.slice(certain);
    return { text: out, stopped: false };
  }

  /** What was held back, when no more comes. */
  flush(): string {
    return this.#held;
  }

  /** Length of the longest end of the text that a stop string begins with. */
  #beginning(): number {
    for (let length = this.#held.length; length > 0; length--) {
      if (this.stops.some((stop) => stop.startsWith(this.#held.slice(-length)))) return length;
    }
    return 0;
  }
}
