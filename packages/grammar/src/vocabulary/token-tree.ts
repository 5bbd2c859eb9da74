/** A token's id and its bytes, one code unit a byte. */
export interface TokenEntry {
  readonly id: number;
  readonly key: string;
}

/**
 * The bytes of tokens as a tree, written down depth first: node i has the byte `bytes[i]` at `depths[i]`, its first
 * child is i + 1, and what stands behind its branch is `skips[i]`.
 */
export interface TokenTree {
  readonly bytes: Uint8Array;
  readonly depths: Uint16Array;
  readonly skips: Int32Array;
  /** Tokens that end at node i: `ids[firsts[i]]` up to `ids[firsts[i + 1]]`. */
  readonly firsts: Int32Array;
  readonly ids: Int32Array;
}

/** Writes the tree of some tokens, none of them empty. */
export function buildTokenTree(tokens: readonly TokenEntry[]): TokenTree {
  const entries = [...tokens].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));
  const total = entries.reduce((sum, { key }) => sum + key.length, 0);
  const bytes = new Uint8Array(total);
  const depths = new Uint16Array(total);
  const skips = new Int32Array(total);
  const firsts = new Int32Array(total + 1);
  const path: number[] = [];
  let count = 0;
  let previous = '';
  for (const { key } of entries) {
    let shared = 0;
    while (shared < previous.length && previous[shared] === key[shared]) shared++;
    for (const node of path.splice(shared)) skips[node] = count;
    for (let depth = shared; depth < key.length; depth++) {
      bytes[count] = key.charCodeAt(depth);
      depths[count] = depth;
      path.push(count++);
    }
    // Tokens come in the order of their nodes: how many each node has tells where its own begin.
    const behind = path.at(-1)! + 1;
    firsts[behind] = firsts[behind]! + 1;
    previous = key;
  }
  for (const node of path) skips[node] = count;
  for (let node = 0; node < count; node++) firsts[node + 1] = firsts[node + 1]! + firsts[node]!;
  return {
    bytes: bytes.slice(0, count),
    depths: depths.slice(0, count),
    skips: skips.slice(0, count),
    firsts: firsts.slice(0, count + 1),
    ids: Int32Array.from(entries, ({ id }) => id),
  };
}
