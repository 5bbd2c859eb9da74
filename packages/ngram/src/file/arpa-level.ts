import { orderLevel } from '../trie/order-level';
import type { ArpaLines } from './arpa-lines';

/** A section of an ARPA file, in the order of its lines. */
export interface ArpaEntries {
  /** Shape `[count, width]`. */
  readonly ids: Int32Array;
  readonly logProbabilities: Float64Array;
  readonly logBackoffs: Float64Array;
  readonly lines: Int32Array;
  /** 1 where the entry begins with `<s>`. */
  readonly starts: Uint8Array;
}

export interface ArpaLevel {
  readonly words: Int32Array;
  /** For the level above: where each node's children begin. */
  readonly starts: Int32Array;
  readonly logProbabilities: Float64Array;
  readonly logBackoffs: Float64Array;
}

/**
 * Entries in the order of a trie.
 * @param parents each entry's node one level up
 * @throws NextTokenError `invalid-file` for an n-gram given twice
 */
export function arpaLevel(
  entries: ArpaEntries,
  parents: Int32Array,
  parentCount: number,
  width: number,
  lines: ArpaLines,
): ArpaLevel {
  const { order, words, starts } = orderLevel(entries.ids, width, parents, parentCount, (entry, other) =>
    lines.error('an n-gram given twice', Math.max(entries.lines[entry]!, entries.lines[other]!)),
  );
  return {
    words,
    starts,
    logProbabilities: Float64Array.from(order, (entry) => entries.logProbabilities[entry]!),
    logBackoffs: Float64Array.from(order, (entry) => entries.logBackoffs[entry]!),
  };
}
