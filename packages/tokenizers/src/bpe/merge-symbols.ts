import { createMinHeap } from './min-heap';

/** Which pairs merge, in which order, into what. */
export interface PairTable {
  /** Rank of the pair, lower first; -1 when it does not merge. At most 2^22. */
  rank(left: number, right: number): number;
  /** The symbol that the pair of this rank becomes. */
  merged(rank: number): number;
}

const positionBits = 2 ** 31;

/**
 * Byte-pair encoding of one word: the pair of lowest rank merges, the leftmost one on a tie, until none does.
 * Source: Sennrich et al. 2016 (arXiv:1508.07909), with GPT-2's ranks.
 *
 * @param symbols ids of the word's first symbols, shape `[length]`; not changed
 * @returns ids after all merges. Cost O(length log length).
 */
export function mergeSymbols(symbols: readonly number[], table: PairTable): number[] {
  const length = symbols.length;
  if (length < 2) return symbols.slice();
  const current = Int32Array.from(symbols);
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  const heap = createMinHeap();
  const offer = (left: number, right: number) => {
    const rank = table.rank(current[left]!, current[right]!);
    if (rank >= 0) heap.push(rank * positionBits + left);
  };
  for (let i = 0; i < length; i++) {
    previous[i] = i - 1;
    next[i] = i + 1 < length ? i + 1 : -1;
    if (i + 1 < length) offer(i, i + 1);
  }
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const rank = Math.floor(key / positionBits);
    const left = key - rank * positionBits;
    const right = next[left]!;
    if (current[left] === -1 || right === -1) continue;
    const now = table.rank(current[left]!, current[right]!);
    // The entry is stale when one of its halves has merged since.
    if (now < 0 || table.merged(now) !== table.merged(rank)) continue;
    current[left] = table.merged(rank);
    current[right] = -1;
    const after = next[right]!;
    next[left] = after;
    if (after !== -1) {
      previous[after] = left;
      offer(left, after);
    }
    if (previous[left] !== -1) offer(previous[left]!, left);
  }
  const merged: number[] = [];
  for (let i = 0; i !== -1; i = next[i]!) merged.push(current[i]!);
  return merged;
}
