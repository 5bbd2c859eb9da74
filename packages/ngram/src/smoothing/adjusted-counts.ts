import { suffixLinks } from '../trie/suffix-links';
import type { CountTrie } from '../trie/trie-builder';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';

export interface AdjustedCounts {
  /** For each level; in level 0 the count of node 0 is that of `</s>`. */
  readonly counts: readonly Int32Array[];
  /** For each level but the first the node of the n-gram without its first id; level 0 has none. */
  readonly links: readonly Int32Array[];
}

/**
 * The counts that Kneser-Ney works with: the longest n-grams' own, below them how many different ids stand to the left;
 * n-grams that begin with `<s>` keep their own.
 */
export function adjustedCounts(trie: CountTrie): AdjustedCounts {
  const { levels, counts } = trie;
  const links: Int32Array[] = [new Int32Array(0)];
  for (let level = 1; level < levels.length; level++) links.push(suffixLinks(trie, level, links[level - 1]!));
  const adjusted = counts.map((own, level) => {
    if (level + 1 === levels.length) return level === 0 ? withoutStarts(own) : own;
    const result = new Int32Array(own.length);
    const above = links[level + 1]!;
    for (let node = 0; node < above.length; node++) if (above[node]! >= 0) result[above[node]!]!++;
    if (level > 0) {
      // Those that begin with `<s>` come first: they are below node 0.
      const end = descendants(trie, level);
      result.set(own.subarray(0, end));
    }
    return result;
  });
  return { counts: adjusted, links };
}

/** Each border is counted once as `</s>`, and the first one of a corpus as nothing else than `<s>`. */
function withoutStarts(own: Int32Array): Int32Array {
  const counts = own.slice();
  counts[sentenceBorder]! -= 1;
  return counts;
}

/** How many n-grams of a level begin with node 0. */
function descendants({ levels }: CountTrie, level: number): number {
  let end = 1;
  for (let above = 0; above < level; above++) end = levels[above]!.starts[end]!;
  return end;
}
