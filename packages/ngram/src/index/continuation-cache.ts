import type { Continuations } from './ngram-counts';

/** Tokens kept in all, 8 bytes each. */
const capacity = 2 ** 22;

/** The ordered continuations of frequent contexts, which take long to count. */
export class ContinuationCache {
  /** Contexts with fewer occurrences are counted anew each time. */
  static readonly least = 128;
  readonly #entries = new Map<string, Continuations>();
  #size = 0;

  get(key: string): Continuations | undefined {
    return this.#entries.get(key);
  }

  set(key: string, entry: Continuations): void {
    if (this.#size + entry.tokens.length > capacity) {
      this.#entries.clear();
      this.#size = 0;
    }
    this.#entries.set(key, entry);
    this.#size += entry.tokens.length;
  }
}
