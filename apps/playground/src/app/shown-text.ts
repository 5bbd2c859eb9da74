import type { TextPosition, TokenFacts } from '../engine/protocol';
import { History } from '../state/history';
import { idsOf, type Prompt, pathOf, type TextNode, TokenTree } from '../tree/token-tree';

/** Which text of all is shown, and which of its positions is looked at. */
export class ShownText {
  tree = new TokenTree();
  #history: History<TextNode>;
  /** A taken token whose row is looked at; `undefined`: the end. */
  #looking: number | undefined;

  constructor(prompt: Prompt) {
    this.#history = new History(this.tree.root(prompt));
  }

  get node(): TextNode {
    return this.#history.present;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** The position whose row is shown: that of a taken token, or behind the last one. */
  get position(): number {
    return this.#looking ?? this.node.length;
  }

  /** The prompt alone. */
  get root(): TextNode {
    return pathOf(this.node)[0]?.parent ?? this.node;
  }

  /** The text up to the shown position. */
  get beginning(): TextNode {
    const path = [this.node, ...pathOf(this.node).reverse()];
    return path.find(({ length }) => length === this.position) ?? this.root;
  }

  /** The text up to a position, for the worker. */
  at(position = this.position): Omit<TextPosition, 'model'> {
    return { ids: idsOf(this.node, position), promptLength: this.node.prompt.ids.length };
  }

  /** Begins with this prompt; where another tokenizer cut it, no text so far is a text any more. */
  start(prompt: Prompt, isOtherModel: boolean): void {
    if (isOtherModel) this.tree = new TokenTree();
    this.#history = new History(this.tree.root(prompt));
    this.#looking = undefined;
  }

  /** Shows another text of the tree; undo comes back. */
  goTo(node: TextNode): void {
    if (node !== this.node) this.#history.go(node);
    this.#looking = undefined;
  }

  /** From here on {@link extend} adds to the text, and one undo takes all of that back. */
  beginRun(): void {
    this.#looking = undefined;
    this.#history.go(this.node);
  }

  extend(facts: TokenFacts): void {
    this.#history.present = this.tree.append(this.node, facts);
  }

  endRun(): void {
    this.#history.forgetEqual();
  }

  undo(): boolean {
    return this.#moved(this.#history.undo());
  }

  redo(): boolean {
    return this.#moved(this.#history.redo());
  }

  /** Looks at the row that a taken token came from; `undefined`: at the present one. */
  look(position: number | undefined): void {
    const isTaken = position !== undefined && position >= 0 && position < this.node.length;
    this.#looking = isTaken ? Math.floor(position) : undefined;
  }

  #moved(hasMoved: boolean): boolean {
    if (hasMoved) this.#looking = undefined;
    return hasMoved;
  }
}
