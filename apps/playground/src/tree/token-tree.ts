import type { TokenFacts } from '../engine/protocol';

/** A beginning that somebody typed. */
export interface Prompt {
  readonly text: string;
  readonly ids: readonly number[];
  /** The tokens as people see them. */
  readonly tokens: readonly string[];
}

/** A text of the tree: its prompt, and the token it ends with. Nodes never go away. */
export interface TextNode {
  /** Its place in the tree's list. */
  readonly key: number;
  readonly prompt: Prompt;
  /** `undefined`: the prompt alone. */
  readonly parent: TextNode | undefined;
  /** As it was taken last. */
  token: TokenFacts | undefined;
  /** Tokens behind the prompt. */
  readonly length: number;
}

/** All texts so far, as a tree of token ids: a token taken elsewhere is a new branch, and the old one stays. */
export class TokenTree {
  readonly nodes: TextNode[] = [];
  readonly #children = new Map<TextNode | undefined, TextNode[]>();

  /** The text that is this prompt alone; the same one for the same prompt. */
  root(prompt: Prompt): TextNode {
    const same = this.childrenOf(undefined).find(
      (node) => node.prompt.text === prompt.text && node.prompt.ids.join() === prompt.ids.join(),
    );
    return same ?? this.#add({ prompt, parent: undefined, token: undefined, length: 0 });
  }

  /** The text with one more token; the same one for the same token. */
  append(parent: TextNode, token: TokenFacts): TextNode {
    const same = this.childrenOf(parent).find((node) => node.token?.id === token.id);
    if (!same) return this.#add({ prompt: parent.prompt, parent, token, length: parent.length + 1 });
    same.token = token;
    return same;
  }

  /** Texts that go on by one token, in the order in which they came; of `undefined` the prompts. */
  childrenOf(node: TextNode | undefined): readonly TextNode[] {
    return this.#children.get(node) ?? [];
  }

  /** Texts that nothing continues: the branches, in the order in which they were begun. */
  leaves(): readonly TextNode[] {
    return this.nodes.filter((node) => this.childrenOf(node).length === 0);
  }

  #add(content: Omit<TextNode, 'key'>): TextNode {
    const node: TextNode = { ...content, key: this.nodes.length };
    this.nodes.push(node);
    const siblings = this.#children.get(content.parent);
    if (siblings) siblings.push(node);
    else this.#children.set(content.parent, [node]);
    return node;
  }
}

/** The nodes from the first token behind the prompt to this one. */
export function pathOf(node: TextNode): TextNode[] {
  const path: TextNode[] = [];
  for (let at: TextNode | undefined = node; at?.token; at = at.parent) path.unshift(at);
  return path;
}

/** The tokens behind the prompt. */
export function tokensOf(node: TextNode): TokenFacts[] {
  return pathOf(node).map(({ token }) => token!);
}

/** All ids of a text; up to (not including) the token `position` behind the prompt. */
export function idsOf(node: TextNode, position = node.length): number[] {
  const taken = tokensOf(node).slice(0, position);
  return [...node.prompt.ids, ...taken.map(({ id }) => id)];
}

/** Whether one text begins with the other. */
export function continues(node: TextNode, beginning: TextNode): boolean {
  let at: TextNode | undefined = node;
  while (at && at.length > beginning.length) at = at.parent;
  return at === beginning;
}
