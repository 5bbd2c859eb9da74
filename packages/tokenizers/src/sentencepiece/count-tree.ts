/** Counts marked positions (a Fenwick tree): O(log n) a call. */
export interface CountTree {
  /** @param change 1 to mark the position, -1 to take the mark away */
  add(position: number, change: 1 | -1): void;
  /** How many positions before this one are marked. */
  before(position: number): number;
}

export function createCountTree(size: number): CountTree {
  const sums = new Int32Array(size + 1);
  return {
    add(position, change) {
      for (let at = position + 1; at <= size; at += at & -at) sums[at]! += change;
    },
    before(position) {
      let count = 0;
      for (let at = position; at > 0; at -= at & -at) count += sums[at]!;
      return count;
    },
  };
}
