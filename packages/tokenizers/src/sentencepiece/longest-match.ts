import type { Trie } from '../models/trie';

/** How many units the longest string of the trie that begins at `at` has; 0 where none does. */
export function longestMatch(trie: Trie, text: string, at: number): number {
  let longest = 0;
  trie.walk(text, at, (end) => {
    longest = end - at;
  });
  return longest;
}
