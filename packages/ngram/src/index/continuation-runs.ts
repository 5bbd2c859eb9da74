import type { SuffixIndex } from '../suffix/suffix-index';
import type { Continuations } from './ngram-counts';

/**
 * The tokens that follow a context, one entry each, while they are counted. `first` is where the n-gram was seen first.
 * Kept between calls: it only grows.
 */
export class ContinuationRuns {
  length = 0;
  #tokens = new Int32Array(256);
  #counts = new Int32Array(256);
  #first = new Float64Array(256);
  #order = new Int32Array(256);

  clear(): void {
    this.length = 0;
  }

  push(token: number, count: number, first: number): void {
    if (this.length === this.#tokens.length) this.#grow();
    this.#tokens[this.length] = token;
    this.#counts[this.length] = count;
    this.#first[this.length++] = first;
  }

  /**
   * Appends one entry for each run of equal ids that follow the first `length` ids of the suffixes in `[begin, end)`.
   * @param base added to positions
   */
  collect(shard: SuffixIndex, length: number, begin: number, end: number, base: number): void {
    const { ids, positions } = shard;
    let token = -1;
    let count = 0;
    let first = 0;
    for (let place = begin; place < end; place++) {
      const position = positions.get(place);
      const next = ids.get(position + length);
      if (next === token) {
        count++;
        if (position < first) first = position;
        continue;
      }
      if (count > 0) this.push(token, count, base + first);
      token = next;
      count = 1;
      first = position;
    }
    if (count > 0) this.push(token, count, base + first);
  }

  /** Adds up entries of the same token, which several shards gave. */
  merge(): void {
    const places = new Map<number, number>();
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      const token = this.#tokens[i]!;
      const place = places.get(token);
      if (place === undefined) {
        places.set(token, kept);
        this.#tokens[kept] = token;
        this.#counts[kept] = this.#counts[i]!;
        this.#first[kept++] = this.#first[i]!;
      } else {
        this.#counts[place]! += this.#counts[i]!;
        this.#first[place] = Math.min(this.#first[place]!, this.#first[i]!);
      }
    }
    this.length = kept;
  }

  /** The `top` best entries in order. */
  ordered(top: number, total: number, ends: number): Continuations {
    const order = this.#sorted();
    const length = Math.min(top, this.length);
    const tokens = new Int32Array(length);
    const counts = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      tokens[i] = this.#tokens[order[i]!]!;
      counts[i] = this.#counts[order[i]!]!;
    }
    return { tokens, counts, distinct: this.length, total, ends };
  }

  #sorted(): Int32Array {
    const { length } = this;
    const order = this.#order;
    if (length > 48) {
      for (let i = 0; i < length; i++) order[i] = i;
      order.subarray(0, length).sort((a, b) => (this.#before(a, b) ? -1 : 1));
      return order;
    }
    for (let i = 0; i < length; i++) {
      let place = i;
      while (place > 0 && this.#before(i, order[place - 1]!)) {
        order[place] = order[place - 1]!;
        place--;
      }
      order[place] = i;
    }
    return order;
  }

  #before(a: number, b: number): boolean {
    const difference = this.#counts[a]! - this.#counts[b]!;
    return difference === 0 ? this.#first[a]! < this.#first[b]! : difference > 0;
  }

  #grow(): void {
    const size = this.length * 2;
    const [tokens, counts, first] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
    tokens.set(this.#tokens);
    counts.set(this.#counts);
    first.set(this.#first);
    this.#tokens = tokens;
    this.#counts = counts;
    this.#first = first;
    this.#order = new Int32Array(size);
  }
}
