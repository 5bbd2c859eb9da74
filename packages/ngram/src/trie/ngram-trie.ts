/** The n-grams of one length, in order of their ids from the first to the last. */
export interface TrieLevel {
  /** The last id of each n-gram. */
  readonly words: Int32Array;
  /**
   * Where the n-grams one longer that begin with each begin in the next level, shape `[words.length + 1]`; empty in the
   * last level.
   */
  readonly starts: Int32Array;
}

/**
 * N-grams of lengths 1 to `order` as a tree: the children of an n-gram are those that go on where it ends. Level 0 has a
 * node for every id of the vocabulary, whose number is the id.
 */
export interface NgramTrie {
  readonly levels: readonly TrieLevel[];
}

/**
 * The child of a node, by the id that it adds.
 * @param level of the node; its children are in `level + 1`
 * @returns its number in the next level; -1 where there is none
 */
export function childOf({ levels }: NgramTrie, level: number, node: number, id: number): number {
  const { starts } = levels[level]!;
  const next = levels[level + 1];
  if (!next) return -1;
  let low = starts[node]!;
  let high = starts[node + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (next.words[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low < starts[node + 1]! && next.words[low] === id ? low : -1;
}

/** The node of `ids[from, to)` in level `to - from - 1`; -1 where there is none. */
export function nodeOf(trie: NgramTrie, ids: ArrayLike<number>, from: number, to: number): number {
  const first = ids[from]!;
  let node = first >= 0 && first < trie.levels[0]!.words.length ? first : -1;
  for (let at = from + 1; at < to && node >= 0; at++) node = childOf(trie, at - from - 1, node, ids[at]!);
  return node;
}

/** Calls with the ids of every n-gram of a level, in order; the array is reused. */
export function forEachNgram(
  { levels }: NgramTrie,
  level: number,
  visit: (ids: Int32Array, node: number) => void,
): void {
  const ids = new Int32Array(level + 1);
  const parents = new Int32Array(level + 1);
  const count = levels[level]!.words.length;
  for (let node = 0; node < count; node++) {
    parents[level] = node;
    ids[level] = levels[level]!.words[node]!;
    for (let above = level - 1; above >= 0; above--) {
      const { starts, words } = levels[above]!;
      let parent = parents[above]!;
      while (starts[parent + 1]! <= parents[above + 1]!) parent++;
      parents[above] = parent;
      ids[above] = words[parent]!;
    }
    visit(ids, node);
  }
}
