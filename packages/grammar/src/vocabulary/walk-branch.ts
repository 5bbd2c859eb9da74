import type { CharacterRuns } from '../automaton/character-runs';
import { type Configurations, nowhere, unknown } from '../automaton/configurations';
import { noToken, type TokenTree } from './token-tree';

/** The longest text that is read at once: a branch with longer ones is walked. */
const longestRun = 16;

/** What a walk reads with, and where it writes. */
export interface Walk {
  readonly configurations: Configurations;
  readonly runs: CharacterRuns;
  readonly tree: TokenTree;
  /** Rows of the table, by depth: where the walk stands. */
  readonly path: Int32Array;
  /** A bit an id, and a last word for nodes at which no token ends. */
  readonly bits: Int32Array;
}

/**
 * Marks the tokens that can be read, of the nodes `from` up to `to`: branches that lead nowhere are skipped, and where the
 * characters of a branch are not told apart all of its tokens are taken at once, up to the length that fits.
 */
export function walkBranch({ configurations, runs, tree, path, bits }: Walk, from: number, to: number): void {
  const { bytes, depths, skips, firstIds, heights, kinds } = tree;
  const { classOf, width } = configurations;
  const noBit = 32 * (bits.length - 1);
  let { table } = configurations;
  let node = from;
  while (node < to) {
    const depth = depths[node]!;
    const byteClass = classOf[bytes[node]!]!;
    const at = path[depth]!;
    let next = table[at * width + byteClass]!;
    if (next === unknown) {
      next = configurations.find(at, byteClass);
      table = configurations.table;
    }
    if (next === nowhere) {
      node = skips[node]!;
      continue;
    }
    const height = heights[node]!;
    if (height <= longestRun) {
      const reach = runs.reach(configurations.at(next), kinds[node]!, height);
      table = configurations.table;
      if (reach !== undefined) {
        takeBranch(tree, node, reach < height ? reach : Number.POSITIVE_INFINITY, bits);
        node = skips[node]!;
        continue;
      }
    }
    // Without a branch of its own for nodes without a token: half of them have one, nobody can foretell which.
    const first = firstIds[node]!;
    const id = first === noToken ? noBit : first;
    bits[id >> 5] = bits[id >> 5]! | (1 << (id & 31));
    path[depth + 1] = next;
    node++;
  }
}

/** Marks all tokens of a branch, those of at most so many characters behind its root. */
function takeBranch(tree: TokenTree, node: number, reach: number, bits: Int32Array): void {
  const { firsts, skips, ids, lengths, characters } = tree;
  const longest = characters[node]! + reach;
  const end = firsts[skips[node]!]!;
  for (let token = firsts[node]!; token < end; token++) {
    if (lengths[token]! > longest) continue;
    const id = ids[token]!;
    bits[id >> 5] = bits[id >> 5]! | (1 << (id & 31));
  }
}
