import type { MergeOrder } from './merge-order';
import type { OnMerge } from './merger';

const none = 0x7fffffff;

/**
 * Merges words of any length: a tree of minima over the pairs' ranks gives the best one, the leftmost on a tie, and
 * follows three changes a merge. Cost O(length log length).
 */
export function createMergeTree(order: MergeOrder) {
  let width = 0;
  /** Leaf `width + i`: the rank of the pair that begins at symbol `i`; above it, minima. */
  let tree = new Int32Array(0);
  let next = new Int32Array(0);
  let previous = new Int32Array(0);

  const prepare = (count: number) => {
    width = 16;
    while (width < count) width *= 2;
    if (tree.length < 2 * width) {
      tree = new Int32Array(2 * width);
      next = new Int32Array(width);
      previous = new Int32Array(width);
    }
    tree.fill(none, width, 2 * width);
    for (let i = 0; i < count; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
  };
  const update = (leaf: number, rank: number) => {
    let node = width + leaf;
    tree[node] = rank;
    for (node >>= 1; node > 0; node >>= 1) {
      const left = tree[2 * node]!;
      const right = tree[2 * node + 1]!;
      const least = Math.min(left, right);
      if (tree[node] === least) break;
      tree[node] = least;
    }
  };
  const rankAt = (symbols: Int32Array, left: number, count: number): number => {
    const right = next[left]!;
    if (right >= count) return none;
    const rank = order.rank(symbols[left]!, symbols[right]!, left, next[right]!);
    return rank < 0 ? none : rank;
  };
  return {
    /** Symbols in, tokens and the first symbols they begin with out, both in place; see `Merger`. */
    run(symbols: Int32Array, starts: Int32Array, count: number, onMerge?: OnMerge): number {
      prepare(count);
      for (let i = 0; i < count; i++) tree[width + i] = rankAt(symbols, i, count);
      for (let node = width - 1; node > 0; node--) {
        tree[node] = Math.min(tree[2 * node]!, tree[2 * node + 1]!);
      }
      while (tree[1] !== none) {
        const rank = tree[1]!;
        let node = 1;
        while (node < width) {
          node *= 2;
          if (tree[node] !== rank) node += 1;
        }
        const left = node - width;
        const right = next[left]!;
        onMerge?.(rank, left);
        symbols[left] = order.merged(rank);
        const after = next[right]!;
        next[left] = after;
        if (after < count) previous[after] = left;
        update(right, none);
        update(left, rankAt(symbols, left, count));
        const before = previous[left]!;
        if (before !== -1) update(before, rankAt(symbols, before, count));
      }
      let tokens = 0;
      for (let at = 0; at < count; at = next[at]!) {
        symbols[tokens] = symbols[at]!;
        starts[tokens] = at;
        tokens += 1;
      }
      starts[tokens] = count;
      return tokens;
    },
  };
}
