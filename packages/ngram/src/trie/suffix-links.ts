import { childOf, type NgramTrie } from './ngram-trie';

/**
 * For each n-gram of a level the node, one level up, of the same n-gram without its first id; -1 where that is missing.
 * @param level 1 or more
 * @param above the links of `level - 1`; of no importance for level 1
 *
 * Cost: one binary search an n-gram.
 */
export function suffixLinks(trie: NgramTrie, level: number, above: Int32Array): Int32Array {
  const { words } = trie.levels[level]!;
  if (level === 1) return words;
  const links = new Int32Array(words.length);
  const { starts } = trie.levels[level - 1]!;
  for (let parent = 0; parent + 1 < starts.length; parent++) {
    const link = above[parent]!;
    for (let node = starts[parent]!; node < starts[parent + 1]!; node++) {
      links[node] = link < 0 ? -1 : childOf(trie, level - 2, link, words[node]!);
    }
  }
  return links;
}
