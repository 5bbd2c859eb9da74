import type { IntegerStore } from './integer-store';

/** One piece of text with its sorted suffixes: 8 bytes a token. */
export class SuffixIndex {
  /** Range of the last {@link SuffixIndex.find}. */
  begin = 0;
  end = 0;

  /**
   * @param ids a corpus
   * @param positions its suffixes in order
   * @param first where the block of each first id starts; ids past its end do not occur
   */
  constructor(
    readonly ids: IntegerStore,
    readonly positions: IntegerStore,
    readonly first: Int32Array,
    readonly sentenceCount: number,
  ) {}

  /** Tokens, borders left out. */
  get tokenCount(): number {
    return this.ids.length - this.sentenceCount - 1;
  }

  /**
   * Finds the suffixes that begin with `context[from, to)`; `begin` and `end` hold their range. The empty context has them all.
   * @returns whether there is one
   *
   * Cost: two binary searches within the block of the first id.
   */
  find(context: ArrayLike<number>, from: number, to: number): boolean {
    if (from === to) {
      this.begin = 0;
      this.end = this.positions.length;
      return this.end > 0;
    }
    const id = context[from]!;
    this.begin = id + 1 < this.first.length ? this.first[id]! : 0;
    this.end = id + 1 < this.first.length ? this.first[id + 1]! : 0;
    if (to - from > 1 && this.begin < this.end) {
      const begin = this.#bound(context, from, to, this.begin, this.end, 0);
      this.end = this.#bound(context, from, to, begin, this.end, 1);
      this.begin = begin;
    }
    return this.begin < this.end;
  }

  /**
   * Whether a suffix begins with `context[from, to)` and goes on: with a token, or, with `ends`, at all.
   * Cost: one binary search, half of {@link SuffixIndex.find}.
   */
  isFollowed(context: ArrayLike<number>, from: number, to: number, ends: boolean): boolean {
    if (from === to) return this.tokenCount > 0;
    const id = context[from]!;
    if (id + 1 >= this.first.length) return false;
    const [begin, end] = [this.first[id]!, this.first[id + 1]!];
    if (begin === end) return false;
    if (to - from === 1) return ends || this.following(end - 1, 1) > 0;
    const least = ends ? 0 : 1;
    let low = begin;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, context, from, to, least) < 0) low = middle + 1;
      else high = middle;
    }
    return low < end && this.#compare(low, context, from, to, Number.NEGATIVE_INFINITY) === 0;
  }

  /** The id that follows the first `length` ids of the suffix at a place in the order; a border past the end. */
  following(place: number, length: number): number {
    const at = this.positions.get(place) + length;
    return at < this.ids.length ? this.ids.get(at) : 0;
  }

  /** The first place from `begin` on whose following id, behind `length` ids that all of the range agree in, is larger. */
  boundOfFollowing(length: number, id: number, begin: number, end: number): number {
    let low = begin;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.following(middle, length) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first place whose suffix is not below (`above` 0), or is above all with (1), the context. */
  #bound(
    context: ArrayLike<number>,
    from: number,
    to: number,
    begin: number,
    end: number,
    above: number,
  ): number {
    let low = begin;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, context, from, to, Number.NEGATIVE_INFINITY) < above) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The sign of the difference of a suffix and the context, whose first ids agree. Of a suffix that begins with the context it is
   * 0, or negative where it goes on with an id below `least`.
   */
  #compare(place: number, context: ArrayLike<number>, from: number, to: number, least: number): number {
    const { ids } = this;
    const { length } = ids;
    let at = this.positions.get(place) + 1;
    for (let i = from + 1; i < to; i++, at++) {
      const difference = (at < length ? ids.get(at) : 0) - context[i]!;
      if (difference !== 0) return difference;
    }
    return (at < length ? ids.get(at) : 0) < least ? -1 : 0;
  }
}
