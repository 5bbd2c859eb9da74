import { TokenBuffer } from '../corpus/token-buffer';
import type { NgramTrie, TrieLevel } from './ngram-trie';

/** A trie with how often each n-gram occurs. */
export interface CountTrie extends NgramTrie {
  /** For each level, shape `[levels[k].words.length]`. */
  readonly counts: readonly Int32Array[];
}

/** Takes n-grams in order of their ids, each with those that begin it, and lays them out level by level. */
export class TrieBuilder {
  readonly #words: TokenBuffer[];
  readonly #starts: TokenBuffer[];
  readonly #counts: TokenBuffer[];
  /** Count of the node that is open in each level above 0. */
  readonly #open: number[];
  readonly #single: Int32Array;
  #lastId = -1;

  constructor(
    readonly vocabSize: number,
    readonly order: number,
  ) {
    this.#words = Array.from({ length: order }, () => new TokenBuffer());
    this.#starts = Array.from({ length: order }, () => new TokenBuffer());
    this.#counts = Array.from({ length: order }, () => new TokenBuffer());
    this.#open = Array<number>(order).fill(0);
    this.#single = new Int32Array(vocabSize);
  }

  /**
   * Counts the n-gram `ids[0, length)` and all that begin it.
   * @param common how many first ids it shares with the one before
   */
  add(idAt: (offset: number) => number, length: number, common: number, count: number): void {
    const first = idAt(0);
    if (common === 0) this.#openSingle(first);
    this.#single[first]! += count;
    for (let level = 1; level < length; level++) {
      if (common <= level) this.#openNode(level, idAt(level));
      this.#open[level]! += count;
    }
  }

  finish(): CountTrie {
    this.#openSingle(this.vocabSize);
    const counts: Int32Array[] = [this.#single];
    const levels: TrieLevel[] = [];
    for (let level = 0; level < this.order; level++) {
      if (level > 0) {
        this.#closeNode(level);
        counts.push(this.#counts[level]!.take());
      }
      const words =
        level === 0 ? Int32Array.from({ length: this.vocabSize }, (_, id) => id) : this.#words[level]!.take();
      if (level + 1 < this.order) this.#starts[level]!.push(this.#words[level + 1]!.length);
      levels.push({ words, starts: this.#starts[level]!.take() });
    }
    return { levels, counts };
  }

  /** Nodes of ids that did not occur have no children either. */
  #openSingle(id: number): void {
    const begin = this.order > 1 ? this.#words[1]!.length : 0;
    while (this.#lastId < id && this.#lastId + 1 < this.vocabSize) {
      if (this.order > 1) this.#starts[0]!.push(begin);
      this.#lastId++;
    }
  }

  #openNode(level: number, id: number): void {
    this.#closeNode(level);
    this.#words[level]!.push(id);
    if (level + 1 < this.order) this.#starts[level]!.push(this.#words[level + 1]!.length);
  }

  #closeNode(level: number): void {
    if (this.#words[level]!.length > 0) this.#counts[level]!.push(this.#open[level]!);
    this.#open[level] = 0;
  }
}
