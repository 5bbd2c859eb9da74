import type { CountTrie } from '../trie/trie-builder';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import type { AdjustedCounts } from './adjusted-counts';

/**
 * For each level below the highest the last n-gram in order of its ids from the last to the first, as long as it does not
 * begin with `<s>`: each is the end of the next.
 */
export function lastNgrams(
  trie: CountTrie,
  counts: AdjustedCounts['counts'],
  links: AdjustedCounts['links'],
): number[] {
  const last: number[] = [];
  for (let level = 0; level + 1 < trie.levels.length; level++) {
    // Nodes are in order of their first ids: of those that end alike the last one has the largest.
    const node =
      level === 0 ? counts[0]!.findLastIndex((own) => own > 0) : links[level]!.lastIndexOf(last[level - 1]!);
    if (beginsWithBorder(trie, level, node)) break;
    last.push(node);
  }
  return last;
}

function beginsWithBorder({ levels }: CountTrie, level: number, node: number): boolean {
  let end = sentenceBorder + 1;
  for (let above = 0; above < level; above++) end = levels[above]!.starts[end]!;
  return level > 0 && node < end;
}
