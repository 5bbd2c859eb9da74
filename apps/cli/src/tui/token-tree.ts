/** A token of the tree; its place in the list is its name. */
interface TreeToken {
  readonly id: number;
  /** Place of the token before it; `undefined` behind the prompt. */
  readonly parent: number | undefined;
  /** Places of what was put behind it, in the order in which it was. */
  readonly children: readonly number[];
  /** Under the raw logits. */
  readonly probability: number;
}

/** All that was tried from one prompt: a tree of token ids, and where one stands in it. Values; every move makes a new one. */
export interface TokenTree {
  readonly tokens: readonly TreeToken[];
  /** What was put behind the prompt. */
  readonly roots: readonly number[];
  /** Where one stands; `undefined`: behind the prompt. */
  readonly at: number | undefined;
}

export const emptyTree: TokenTree = { tokens: [], roots: [], at: undefined };

/** What was put at a place. */
export function childrenOf(tree: TokenTree, place: number | undefined): readonly number[] {
  return place === undefined ? tree.roots : tree.tokens[place]!.children;
}

/** The places from the prompt to where one stands. */
export function pathOf({ tokens, at }: TokenTree): readonly number[] {
  const path: number[] = [];
  for (let place = at; place !== undefined; place = tokens[place]!.parent) path.unshift(place);
  return path;
}

/** Puts a token where one stands, and goes there; one that was put there before is gone back to. */
export function putToken(tree: TokenTree, id: number, probability: number): TokenTree {
  const { tokens, roots, at } = tree;
  const siblings = childrenOf(tree, at);
  const known = siblings.find((place) => tokens[place]!.id === id);
  if (known !== undefined) return { ...tree, at: known };
  const place = tokens.length;
  const added = [...tokens, { id, parent: at, children: [], probability }];
  if (at === undefined) return { tokens: added, roots: [...roots, place], at: place };
  added[at] = { ...added[at]!, children: [...siblings, place] };
  return { tokens: added, roots, at: place };
}

/** One token back. */
export function goBack(tree: TokenTree): TokenTree {
  return tree.at === undefined ? tree : { ...tree, at: tree.tokens[tree.at]!.parent };
}

/** On to what was put here last. */
export function goOn(tree: TokenTree): TokenTree {
  return { ...tree, at: childrenOf(tree, tree.at).at(-1) ?? tree.at };
}

/** To the next (1) or previous (-1) token that was put in the same place, round and round. */
export function goAside(tree: TokenTree, direction: 1 | -1): TokenTree {
  if (tree.at === undefined) return tree;
  const siblings = childrenOf(tree, tree.tokens[tree.at]!.parent);
  const index = (siblings.indexOf(tree.at) + direction + siblings.length) % siblings.length;
  return { ...tree, at: siblings[index]! };
}
