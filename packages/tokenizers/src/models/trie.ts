import { createPairTable } from '../bpe/pair-table';

/** Finds tokens in a text. */
export interface Trie {
  /** Every token that the text has at `start`, from the shortest to the longest. */
  walk(text: string, start: number, visit: (end: number, id: number) => void): void;
}

/** Cost O(units of all tokens) to make. */
export function createTrie(idOf: ReadonlyMap<string, number>): Trie {
  const children = createPairTable(2 * idOf.size);
  const idAt: number[] = [-1];
  for (const [token, id] of idOf) {
    let node = 0;
    for (let i = 0; i < token.length; i++) {
      const unit = token.charCodeAt(i);
      let child = children.get(node, unit);
      if (child === -1) {
        child = idAt.length;
        children.set(node, unit, child);
        idAt.push(-1);
      }
      node = child;
    }
    idAt[node] = id;
  }
  return {
    walk(text, start, visit) {
      let node = 0;
      for (let at = start; at < text.length; ) {
        node = children.get(node, text.charCodeAt(at));
        if (node === -1) return;
        at += 1;
        if (idAt[node] !== -1) visit(at, idAt[node]!);
      }
    },
  };
}
