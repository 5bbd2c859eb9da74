import type { MergeCandidate } from './merge-queue';
import { createPairIndex, type PairIndex } from './pair-index';
import type { SymbolChain } from './symbol-chain';

/** How often every pair of neighbours occurs, and where. */
export interface PairTallies {
  readonly pairs: PairIndex;
  /** Counts the chain as it is, one candidate for every pair. */
  countAll(): MergeCandidate[];
  count(pair: number): number;
  remove(left: number, right: number, weight: number): void;
  /** @param position where the left half stands */
  add(left: number, right: number, weight: number, position: number): void;
  /** The pairs that `add` named since the last call, with the new places only. */
  takeGains(): MergeCandidate[];
  /** To be told of every candidate that is queued. */
  opened(candidate: MergeCandidate): void;
  /** Where a candidate merges, ascending; closes it. */
  placesOf(candidate: MergeCandidate): ArrayLike<number>;
}

export function createPairTallies(chain: SymbolChain): PairTallies {
  const { symbols, next, wordOf, counts } = chain;
  const pairs = createPairIndex();
  const totals: number[] = [];
  const gained: (number[] | undefined)[] = [];
  /** How many candidates of a pair are queued. */
  const open: number[] = [];
  let touched: number[] = [];
  const indexOf = (left: number, right: number) => {
    const pair = pairs.add(left, right);
    if (pair === totals.length) {
      totals.push(0);
      gained.push(undefined);
      open.push(0);
    }
    return pair;
  };
  return {
    pairs,
    countAll() {
      const pairAt = new Int32Array(symbols.length).fill(-1);
      const sizes: number[] = [];
      for (let at = 0; at < symbols.length; at++) {
        if (next[at] === -1) continue;
        const pair = indexOf(symbols[at]!, symbols[next[at]!]!);
        totals[pair]! += counts[wordOf[at]!]!;
        sizes[pair] = (sizes[pair] ?? 0) + 1;
        pairAt[at] = pair;
      }
      const places = sizes.map((size) => new Int32Array(size));
      const filled = new Int32Array(sizes.length);
      pairAt.forEach((pair, at) => {
        if (pair !== -1) places[pair]![filled[pair]!++] = at;
      });
      return places.flatMap((positions, pair) => {
        const count = totals[pair]!;
        return count > 0 ? [{ pair, count, positions }] : [];
      });
    },
    count: (pair) => totals[pair]!,
    remove(left, right, weight) {
      totals[indexOf(left, right)]! -= weight;
    },
    add(left, right, weight, position) {
      const pair = indexOf(left, right);
      totals[pair]! += weight;
      const places = gained[pair];
      if (places !== undefined) places.push(position);
      else {
        gained[pair] = [position];
        touched.push(pair);
      }
    },
    takeGains() {
      const candidates: MergeCandidate[] = [];
      for (const pair of touched) {
        const count = totals[pair]!;
        if (count > 0) candidates.push({ pair, count, positions: gained[pair]! });
        gained[pair] = undefined;
      }
      touched = [];
      return candidates;
    },
    opened({ pair }) {
      open[pair]! += 1;
    },
    placesOf({ pair, positions }) {
      open[pair]! -= 1;
      return ascending(open[pair] === 0 ? positions : placesInWords(chain, positions));
    },
  };
}

/**
 * A pair that is queued twice is known by each candidate in part only: all positions of the words that this one
 * names, in order. Cost O(length of those words).
 */
function placesInWords({ next, wordOf, starts }: SymbolChain, positions: ArrayLike<number>): number[] {
  const words = new Set<number>();
  for (let i = 0; i < positions.length; i++) words.add(wordOf[positions[i]!]!);
  const places: number[] = [];
  for (const word of [...words].sort((a, b) => a - b)) {
    for (let at = starts[word]!; at !== -1; at = next[at]!) places.push(at);
  }
  return places;
}

function ascending(places: ArrayLike<number>): ArrayLike<number> {
  for (let i = 1; i < places.length; i++) {
    if (places[i]! < places[i - 1]!) return Int32Array.from(places).sort();
  }
  return places;
}
