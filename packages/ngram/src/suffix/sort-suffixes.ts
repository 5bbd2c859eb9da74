import { invalidParameter } from '@nexttoken/model';
import { checkCorpusLength } from '../corpus/token-buffer';
import { countingPasses } from './counting-passes';
import { MultikeyQuicksort } from './multikey-quicksort';
import { PrefixDoubling } from './prefix-doubling';

export interface SuffixSortOptions {
  /** Suffixes are told apart by their first `order` ids only; default Infinity. */
  readonly order?: number;
  /** Ids compared one by one before the sort goes on by prefix doubling; an integer >= 1, default 256. */
  readonly depthCap?: number;
  /** Called now and then with the suffixes that are in order, of `ids.length`. */
  readonly onProgress?: (done: number) => void;
}

/** Sorted suffixes of a text of ids. */
export interface SuffixArray {
  /** Positions in order of what stands there, shape `[ids.length]`. */
  readonly positions: Int32Array;
  /** Where the suffixes that begin with an id start, shape `[vocabSize + 1]`. */
  readonly first: Int32Array;
}

const countingOrder = 5;

/**
 * Sorts the suffixes of a corpus. A suffix ends behind the first border after its own beginning: what comes
 * later decides nothing. Least-significant-first counting passes for orders up to 5, else multikey quicksort (Bentley and
 * Sedgewick, "Fast Algorithms for Sorting and Searching Strings", 1997) and, for what is still equal at the depth cap,
 * prefix doubling (Larsson and Sadakane, "Faster Suffix Sorting", 2007).
 *
 * @param ids a corpus: ids in [0, vocabSize), 0 is a border
 * @throws NextTokenError `invalid-parameter` for an order or a cap below 1, or 2^31 ids
 *
 * Cost: N log N comparisons of ids where sentences are short; N log² N in the worst case. Memory: 4 N bytes, and up
 * to 4 N more for counting passes, 8 N for prefix doubling.
 */
export function sortSuffixes(
  ids: Int32Array,
  vocabSize: number,
  options: SuffixSortOptions = {},
): SuffixArray {
  const { order = Number.POSITIVE_INFINITY, depthCap = 256, onProgress } = options;
  checkOrder('sortSuffixes', 'order', order);
  if (!Number.isInteger(depthCap) || depthCap < 1) {
    throw invalidParameter('sortSuffixes', 'depthCap', depthCap, 'an integer >= 1');
  }
  checkCorpusLength(ids.length, 'sortSuffixes');
  const first = firstIds(ids, vocabSize);
  if (order <= countingOrder) return { positions: countingPasses(ids, first, order), first };

  const positions = placeByFirst(ids, first);
  const quicksort = new MultikeyQuicksort(ids, positions, order, depthCap, largestBlock(first));
  const step = Math.max(1, ids.length >> 6);
  let told = 0;
  for (let id = 0; id < vocabSize; id++) {
    quicksort.sort(first[id]!, first[id + 1]!, 1);
    if (first[id + 1]! < told + step) continue;
    told = first[id + 1]!;
    onProgress?.(told);
  }
  if (quicksort.unsorted.length > 0) {
    new PrefixDoubling(positions, quicksort.unsorted).sort(quicksort.commonDepth);
  }
  return { positions, first };
}

/** @throws NextTokenError `invalid-parameter` for what is neither an integer >= 1 nor Infinity */
export function checkOrder(owner: string, parameter: string, order: number): void {
  if (order === Number.POSITIVE_INFINITY || (Number.isInteger(order) && order >= 1)) return;
  throw invalidParameter(owner, parameter, order, 'an integer >= 1, or Infinity');
}

function firstIds(ids: Int32Array, vocabSize: number): Int32Array {
  const first = new Int32Array(vocabSize + 1);
  for (let i = 0; i < ids.length; i++) first[ids[i]! + 1]!++;
  for (let id = 0; id < vocabSize; id++) first[id + 1]! += first[id]!;
  return first;
}

function placeByFirst(ids: Int32Array, first: Int32Array): Int32Array {
  const positions = new Int32Array(ids.length);
  const next = first.slice();
  for (let i = 0; i < ids.length; i++) positions[next[ids[i]!]!++] = i;
  return positions;
}

function largestBlock(first: Int32Array): number {
  let largest = 0;
  for (let id = 1; id < first.length; id++) largest = Math.max(largest, first[id]! - first[id - 1]!);
  return largest;
}
