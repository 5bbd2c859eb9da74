import type { MergeOrder } from '../bpe/merge-order';
import { hashPair } from '../bpe/pair-table';
import type { ByteTable } from '../bytes/byte-table';

const slots = 2 ** 16;

/**
 * tiktoken's order: two neighbours merge when their bytes are a token, whose id is the rank. Pairs that were asked
 * for before are remembered, in a table of fixed size where a new pair takes an older one's place.
 */
export function rankOrder(table: ByteTable, bytes: () => Uint8Array): MergeOrder {
  const lefts = new Int32Array(slots).fill(-1);
  const rights = new Int32Array(slots);
  const ranks = new Int32Array(slots);
  return {
    rank(left, right, from, to) {
      const slot = hashPair(left, right) & (slots - 1);
      if (lefts[slot] === left && rights[slot] === right) return ranks[slot]!;
      const rank = table.find(bytes(), from, to);
      lefts[slot] = left;
      rights[slot] = right;
      ranks[slot] = rank;
      return rank;
    },
    merged: (rank) => rank,
  };
}
