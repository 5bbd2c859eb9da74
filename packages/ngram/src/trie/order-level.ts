export interface OrderedLevel {
  /** Entries in the order of the trie. */
  readonly order: Int32Array;
  /** Last id of each, in that order. */
  readonly words: Int32Array;
  /** For the level above: where each node's children begin. */
  readonly starts: Int32Array;
}

/**
 * Puts n-grams of one length, given in any order, into that of a trie.
 * @param ids shape `[count, width]`
 * @param parents each entry's node one level up
 * @param twice makes the error for an n-gram that is there twice
 */
export function orderLevel(
  ids: Int32Array,
  width: number,
  parents: Int32Array,
  parentCount: number,
  twice: (entry: number, other: number) => Error,
): OrderedLevel {
  const wordOf = (entry: number): number => ids[entry * width + width - 1]!;
  const order = Int32Array.from(parents.keys()).sort(
    (a, b) => parents[a]! - parents[b]! || wordOf(a) - wordOf(b),
  );
  const starts = new Int32Array(parentCount + 1);
  for (const [place, entry] of order.entries()) {
    starts[parents[entry]! + 1]!++;
    const before = order[place - 1];
    if (before === undefined || parents[before] !== parents[entry] || wordOf(before) !== wordOf(entry))
      continue;
    throw twice(entry, before);
  }
  for (let parent = 0; parent < parentCount; parent++) starts[parent + 1]! += starts[parent]!;
  return { order, words: order.map(wordOf), starts };
}
