import type { MergeOrder } from './merge-order';
import { createMergeTree } from './merge-tree';

/** Called for every merge: its rank, and which of the word's first symbols the pair begins with. */
export type OnMerge = (rank: number, index: number) => void;

/** Merges the symbols of one word, in place. */
export interface Merger {
  /** The word's symbols; after `run`, its tokens. */
  symbols: Int32Array;
  /** After `run`: which of the first symbols each token begins with; one more entry holds their number. */
  starts: Int32Array;
  /** Makes room for a word of `count` symbols; what was there is lost. */
  reserve(count: number): void;
  /** @returns how many tokens there are */
  run(count: number, onMerge?: OnMerge): number;
}

/** Up to this many symbols, looking at all pairs for the best one costs less than keeping a tree of them. */
const short = 24;

/**
 * Byte-pair encoding of one word: the pair of lowest rank merges, the leftmost one on a tie, until none does.
 * Source: Sennrich et al. 2016 (arXiv:1508.07909), with GPT-2's ranks. Nothing is allocated for short words.
 * Cost O(length log length).
 */
export function createMerger(order: MergeOrder): Merger {
  const ranks = new Int32Array(short + 1);
  const none = 0x7fffffff;
  const tree = createMergeTree(order);

  const rankAt = (merger: Merger, index: number, count: number): number => {
    if (index + 1 >= count) return none;
    const { symbols, starts } = merger;
    const rank = order.rank(symbols[index]!, symbols[index + 1]!, starts[index]!, starts[index + 2]!);
    return rank < 0 ? none : rank;
  };
  const runShort = (merger: Merger, first: number, onMerge?: OnMerge): number => {
    const { symbols, starts } = merger;
    let count = first;
    for (let i = 0; i < count; i++) ranks[i] = rankAt(merger, i, count);
    for (;;) {
      let best = none;
      let at = -1;
      for (let i = 0; i + 1 < count; i++) {
        if (ranks[i]! < best) {
          best = ranks[i]!;
          at = i;
        }
      }
      if (at === -1) return count;
      onMerge?.(best, starts[at]!);
      symbols[at] = order.merged(best);
      count -= 1;
      for (let i = at + 1; i < count; i++) {
        symbols[i] = symbols[i + 1]!;
        starts[i] = starts[i + 1]!;
        ranks[i] = ranks[i + 1]!;
      }
      starts[count] = starts[count + 1]!;
      ranks[at] = rankAt(merger, at, count);
      if (at > 0) ranks[at - 1] = rankAt(merger, at - 1, count);
    }
  };
  return {
    symbols: new Int32Array(256),
    starts: new Int32Array(257),
    reserve(count) {
      if (count <= this.symbols.length) return;
      this.symbols = new Int32Array(2 * count);
      this.starts = new Int32Array(2 * count + 1);
    },
    run(count, onMerge) {
      for (let i = 0; i <= count; i++) this.starts[i] = i;
      if (count < 2) return count;
      return count <= short
        ? runShort(this, count, onMerge)
        : tree.run(this.symbols, this.starts, count, onMerge);
    },
  };
}
