import type { WordVocabulary } from '../vocabulary/word-vocabulary';

/** Which ids end a sentence; each word's spelling is looked at once. */
export class SentenceEnds {
  readonly #tokens: ReadonlySet<string>;
  /** 0: not looked at yet, 1: goes on, 2: ends. */
  #known = new Uint8Array(1024);

  constructor(
    tokens: readonly string[],
    readonly vocabulary: WordVocabulary,
  ) {
    this.#tokens = new Set(tokens);
  }

  has(id: number): boolean {
    if (this.#tokens.size === 0) return false;
    if (id >= this.#known.length) {
      const larger = new Uint8Array(2 * id);
      larger.set(this.#known);
      this.#known = larger;
    }
    if (this.#known[id] === 0) this.#known[id] = this.#tokens.has(this.vocabulary.tokenOf(id) ?? '') ? 2 : 1;
    return this.#known[id] === 2;
  }
}
