/**
 * Sorts groups of suffixes that agree in their first ids by the ranks of what follows, twice as far with every
 * round. The order of suffixes that are equal up to a border is of no importance, so they may have any ranks.
 */
export class PrefixDoubling {
  /** Of each position: the end of its group in the order, minus 1. */
  readonly #ranks: Int32Array;
  readonly #keys: Int32Array;
  #groups: readonly number[];

  /**
   * @param positions all positions; changed in place. Every group but those in `unsorted` is in final order.
   * @param unsorted pairs of begin and end
   */
  constructor(
    readonly positions: Int32Array,
    unsorted: readonly number[],
  ) {
    this.#groups = unsorted;
    this.#ranks = new Int32Array(positions.length);
    for (let i = 0; i < positions.length; i++) this.#ranks[positions[i]!] = i;
    let largest = 0;
    for (let pair = 0; pair < unsorted.length; pair += 2) {
      const [begin, end] = [unsorted[pair]!, unsorted[pair + 1]!];
      this.#rank(begin, end);
      largest = Math.max(largest, end - begin);
    }
    this.#keys = new Int32Array(largest);
  }

  /** @param depth how many first ids the suffixes of every group agree in, at least */
  sort(depth: number): void {
    for (let step = depth; this.#groups.length > 0 && step < this.positions.length; step *= 2) {
      const groups = this.#groups;
      const left: number[] = [];
      const changed: number[] = [];
      for (let pair = 0; pair < groups.length; pair += 2) {
        this.#splitGroup(groups[pair]!, groups[pair + 1]!, step, changed, left);
      }
      // Ranks change together, so that every group of a round is sorted by those of the round before.
      for (let pair = 0; pair < changed.length; pair += 2) this.#rank(changed[pair]!, changed[pair + 1]!);
      this.#groups = left;
    }
  }

  #rank(begin: number, end: number): void {
    for (let i = begin; i < end; i++) this.#ranks[this.positions[i]!] = end - 1;
  }

  #splitGroup(begin: number, end: number, step: number, changed: number[], left: number[]): void {
    const { positions } = this;
    const keys = this.#keys.subarray(0, end - begin);
    for (let i = begin; i < end; i++) {
      const next = positions[i]! + step;
      keys[i - begin] = next < this.positions.length ? this.#ranks[next]! : -1;
    }
    sortPairs(keys, positions, begin);
    let start = begin;
    for (let i = begin + 1; i <= end; i++) {
      if (i < end && keys[i - begin] === keys[start - begin]) continue;
      changed.push(start, i);
      if (i - start > 1) left.push(start, i);
      start = i;
    }
  }
}

/** Sorts keys, and the positions from `begin` with them, by a three-way quicksort. */
function sortPairs(keys: Int32Array, positions: Int32Array, begin: number): void {
  const stack = [0, keys.length];
  while (stack.length > 0) {
    let high = stack.pop()!;
    let low = stack.pop()!;
    while (high - low > 1) {
      const pivot = keys[(low + high) >> 1]!;
      let less = low;
      let greater = high;
      for (let i = low; i < greater; ) {
        const key = keys[i]!;
        if (key === pivot) {
          i++;
          continue;
        }
        const other = key < pivot ? less++ : --greater;
        keys[i] = keys[other]!;
        keys[other] = key;
        const position = positions[begin + i]!;
        positions[begin + i] = positions[begin + other]!;
        positions[begin + other] = position;
        if (key < pivot) i++;
      }
      if (less - low < high - greater) {
        stack.push(greater, high);
        high = less;
      } else {
        stack.push(low, less);
        low = greater;
      }
    }
  }
}
