import { readCharacters, type TreeCharacters } from './tree-characters';

/** A token's id and its bytes, one code unit a byte. */
export interface TokenEntry {
  readonly id: number;
  readonly key: string;
}

/**
 * The bytes of tokens as a tree, written down depth first: node i has the byte `bytes[i]` at `depths[i]`, its first
 * child is i + 1, and what stands behind its branch is `skips[i]`.
 */
export interface TreeNodes {
  readonly bytes: Uint8Array;
  readonly depths: Uint16Array;
  readonly skips: Int32Array;
  /** Tokens that end at node i: `ids[firsts[i]]` up to `ids[firsts[i + 1]]`. */
  readonly firsts: Int32Array;
  readonly ids: Int32Array;
}

/** The id of a node at which no token ends. */
export const noToken = -1;

export interface TokenTree extends TreeNodes, TreeCharacters {
  /** For each of `ids` its characters, a last incomplete one included. */
  readonly lengths: Uint16Array;
  /** The first of the tokens that end at node i, or {@link noToken}. */
  readonly firstIds: Int32Array;
  /** Further tokens with the same bytes: `[first one, other, …]`. */
  readonly twins: Int32Array;
}

/** Writes the tree of some tokens, none of them empty. */
export function buildTokenTree(tokens: readonly TokenEntry[]): TokenTree {
  const entries = [...tokens].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));
  const total = entries.reduce((sum, { key }) => sum + key.length, 0);
  const bytes = new Uint8Array(total);
  const depths = new Uint16Array(total);
  const skips = new Int32Array(total);
  const firsts = new Int32Array(total + 1);
  const ends = new Int32Array(entries.length);
  const path: number[] = [];
  let count = 0;
  let previous = '';
  for (const [index, { key }] of entries.entries()) {
    let shared = 0;
    while (shared < previous.length && previous[shared] === key[shared]) shared++;
    for (const node of path.splice(shared)) skips[node] = count;
    for (let depth = shared; depth < key.length; depth++) {
      bytes[count] = key.charCodeAt(depth);
      depths[count] = depth;
      path.push(count++);
    }
    // Tokens come in the order of their nodes: how many each node has tells where its own begin.
    const end = path.at(-1)!;
    ends[index] = end;
    firsts[end + 1] = firsts[end + 1]! + 1;
    previous = key;
  }
  for (const node of path) skips[node] = count;
  for (let node = 0; node < count; node++) firsts[node + 1] = firsts[node + 1]! + firsts[node]!;
  const nodes: TreeNodes = {
    bytes: bytes.slice(0, count),
    depths: depths.slice(0, count),
    skips: skips.slice(0, count),
    firsts: firsts.slice(0, count + 1),
    ids: Int32Array.from(entries, ({ id }) => id),
  };
  const read = readCharacters(nodes);
  return {
    ...nodes,
    ...read,
    lengths: Uint16Array.from(ends, (node) => read.characters[node]!),
    ...splitTwins(nodes),
  };
}

function splitTwins({ bytes, firsts, ids }: TreeNodes): Pick<TokenTree, 'firstIds' | 'twins'> {
  const firstIds = new Int32Array(bytes.length).fill(noToken);
  const twins: number[] = [];
  for (let node = 0; node < bytes.length; node++) {
    const first = firsts[node]!;
    if (first < firsts[node + 1]!) firstIds[node] = ids[first]!;
    for (let token = first + 1; token < firsts[node + 1]!; token++) twins.push(ids[first]!, ids[token]!);
  }
  return { firstIds, twins: Int32Array.from(twins) };
}
