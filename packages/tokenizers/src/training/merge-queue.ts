import type { PairIndex } from './pair-index';

/** A pair that may merge next, with the places where it came up. */
export interface MergeCandidate {
  readonly pair: number;
  /** How often it occurred when it was queued; occurrences lost since are subtracted when it comes up. */
  count: number;
  /** Positions of the pairs' left halves, some of them gone meanwhile. */
  readonly positions: ArrayLike<number>;
}

/** Gives the candidate with the highest count first; among equals the one with the smaller ids, left before right. */
export interface MergeQueue {
  push(candidate: MergeCandidate): void;
  pop(): MergeCandidate | undefined;
}

/** A binary heap: O(log n) a call. */
export function createMergeQueue(pairs: PairIndex): MergeQueue {
  const heap: MergeCandidate[] = [];
  const before = (a: MergeCandidate, b: MergeCandidate): boolean => {
    if (a.count !== b.count) return a.count > b.count;
    const difference = pairs.left(a.pair) - pairs.left(b.pair);
    return difference === 0 ? pairs.right(a.pair) < pairs.right(b.pair) : difference < 0;
  };
  return {
    push(candidate) {
      let at = heap.length;
      heap.push(candidate);
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(candidate, heap[parent]!)) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = candidate;
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return first;
      let at = 0;
      for (let child = 1; child < heap.length; child = 2 * at + 1) {
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
      return first;
    },
  };
}
