import type { SamplingSettings } from '@nexttoken/inspector-elements/sampling-settings';
import type { LoadProgress } from '@nexttoken/load';
import type {
  GenerateResult,
  ModelCard,
  OpenRequest,
  RunTo,
  Shaped,
  TextPosition,
  TokenFacts,
} from '../engine/protocol';
import type { Engine } from '../engine/start-engine';
import { History } from '../state/history';
import { idsOf, type Prompt, pathOf, type TextNode, TokenTree } from '../tree/token-tree';
import { tableSize } from './table-size';

/** The most tokens of one Generate. */
export const generateAtMost = 100;

/** What the page shows of a row, and which row it is. */
export interface ShownRow {
  readonly node: TextNode | undefined;
  readonly position: number;
  readonly shaped: Shaped;
}

/** A text in progress on a live model: every verb of the page, and what the page shows. */
export class Playground {
  tree = new TokenTree();
  model: ModelCard | undefined;
  /** What is loaded now. */
  loading: { readonly name: string; readonly progress?: LoadProgress } | undefined;
  row: ShownRow | undefined;
  error: unknown;
  generating = false;
  /** Why the last Generate ended by itself. */
  ending: GenerateResult['ending'] | undefined;
  tokensPerSecond: number | undefined;
  /** Forward passes of the model so far. */
  forwards = 0;
  search = '';
  /** Names of the models that were opened. */
  readonly opened = new Set<string>();
  #history: History<TextNode>;
  /** A taken token whose row is looked at; `undefined`: the present row. */
  #looking: number | undefined;
  #stop: AbortController | undefined;
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  /** The prompt that was typed last; it is read while the one before is still shown. */
  #wantedPrompt: string;
  #encoding: Promise<void> | undefined;

  constructor(
    readonly engine: Engine,
    public settings: SamplingSettings,
    prompt: Prompt,
    readonly onChange: () => void,
  ) {
    this.#history = new History(this.tree.root(prompt));
    this.#wantedPrompt = prompt.text;
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

  /** The prompt as it was typed last, also while it is still read. */
  get promptText(): string {
    return this.#wantedPrompt;
  }

  /** The position whose row is shown: that of a taken token, or behind the last one. */
  get position(): number {
    return this.#looking ?? this.node.length;
  }

  /** Whether an answer is awaited. */
  get isShaping(): boolean {
    return this.#refreshing !== undefined || this.#encoding !== undefined;
  }

  /** Whether the shown row is that of the shown position. */
  get isCurrent(): boolean {
    return this.row?.node === this.node && this.row.position === this.position;
  }

  /** The text up to the shown position, for the worker. */
  at(position = this.position): TextPosition {
    const { node } = this;
    return {
      model: this.model?.name ?? '',
      ids: idsOf(node, position),
      promptLength: node.prompt.ids.length,
    };
  }

  /**
   * Opens another model and reads the prompt anew with it; texts of another tokenizer are no texts of this one.
   * @throws what loading throws; then the present model stays
   */
  async open(request: OpenRequest, prompt = this.node.prompt.text): Promise<void> {
    this.stop();
    this.loading = { name: request.name };
    this.onChange();
    try {
      const onEvent = (progress: LoadProgress) => {
        this.loading = { name: request.name, progress };
        this.onChange();
      };
      const card = await this.engine.call('open', request, { onEvent });
      const { ids, tokens } = await this.engine.call('encode', { model: card.name, text: prompt });
      this.opened.add(card.name);
      const isOther = this.model !== undefined && this.model.name !== card.name;
      this.model = card;
      this.error = undefined;
      this.tokensPerSecond = undefined;
      if (isOther) this.tree = new TokenTree();
      this.#history = new History(this.tree.root({ text: prompt, ids, tokens }));
      this.#wantedPrompt = prompt;
      this.#looking = undefined;
    } finally {
      this.loading = undefined;
      this.onChange();
    }
    await this.refresh();
  }

  change(settings: SamplingSettings): void {
    this.settings = settings;
    void this.refresh();
  }

  find(search: string): void {
    this.search = search;
    void this.refresh();
  }

  setPrompt(text: string): Promise<void> {
    const { model } = this;
    if (text === this.#wantedPrompt || !model) return this.#encoding ?? Promise.resolve();
    this.stop();
    this.#wantedPrompt = text;
    const encoding = this.#encode(model.name, text).finally(() => {
      if (this.#encoding === encoding) this.#encoding = undefined;
    });
    this.#encoding = encoding;
    this.onChange();
    return encoding;
  }

  async #encode(model: string, text: string): Promise<void> {
    const read = await this.#attempt(this.engine.call('encode', { model, text }));
    // Somebody typed on, or went elsewhere.
    if (!read || this.#wantedPrompt !== text || this.model?.name !== model) return;
    this.goTo(this.tree.root({ text, ...read }));
  }

  /** Takes what the sampler chooses at the end of the text. */
  step(): Promise<void> {
    return this.run('step');
  }

  /** Takes a token out of the shown table; what came behind it stays as a branch. */
  async take(id: number): Promise<void> {
    await this.#encoding;
    const { model, node } = this;
    if (!model) return;
    this.stop();
    const parent = [node, ...pathOf(node).reverse()].find(({ length }) => length === this.position);
    const from = parent ?? this.#rootOf(node);
    const { settings } = this;
    const facts = await this.#attempt(this.engine.call('take', { ...this.at(), settings, id }));
    if (facts) this.goTo(this.tree.append(from, facts));
  }

  /** Takes tokens up to a sentence's end, the next fork, the text's end, or a stop. */
  async run(to: RunTo): Promise<void> {
    await this.#encoding;
    if (this.generating || !this.model) return;
    this.look(undefined);
    const stop = new AbortController();
    this.#stop = stop;
    this.generating = true;
    this.ending = undefined;
    this.error = undefined;
    this.#history.go(this.node);
    const onEvent = (facts: TokenFacts) => {
      if (this.#stop !== stop) return;
      this.#history.present = this.tree.append(this.node, facts);
      void this.refresh();
    };
    const atMost = to === 'step' ? 1 : generateAtMost;
    const { settings } = this;
    const request = { ...this.at(), settings, atMost, to };
    const result = await this.#attempt(
      this.engine.call('generate', request, { signal: stop.signal, onEvent }),
    );
    if (this.#stop !== stop) return;
    this.#stop = undefined;
    this.generating = false;
    this.#history.forgetEqual();
    if (result && to !== 'step') {
      this.ending = result.ending;
      this.tokensPerSecond = result.tokensPerSecond ?? this.tokensPerSecond;
    } else if (result?.ending === 'end-token') this.ending = 'end-token';
    await this.refresh();
  }

  /** Ends a run; what was taken stays. */
  stop(): void {
    if (!this.#stop) return;
    this.#stop.abort();
    this.#stop = undefined;
    this.generating = false;
    this.ending = 'stopped';
    this.#history.forgetEqual();
    this.onChange();
  }

  undo(): void {
    this.stop();
    if (this.#history.undo()) this.#moved();
  }

  redo(): void {
    this.stop();
    if (this.#history.redo()) this.#moved();
  }

  /** Shows another text of the tree. */
  goTo(node: TextNode): void {
    this.stop();
    if (node !== this.node) this.#history.go(node);
    this.#moved();
  }

  /** The text without its last token; it stays a branch. */
  back(): void {
    if (this.node.parent) this.goTo(this.node.parent);
  }

  /** Shows the row that a taken token came from; `undefined`: the present one. */
  look(position: number | undefined): void {
    const { length } = this.node;
    const isTaken = position !== undefined && position >= 0 && position < length;
    this.#looking = isTaken ? Math.floor(position) : undefined;
    void this.refresh();
  }

  /** Puts ids behind the prompt, as a link carries them, and shows that text. */
  async restore(branches: readonly (readonly number[])[], shown: readonly number[]): Promise<void> {
    const root = this.#rootOf(this.node);
    for (const ids of [shown, ...branches]) {
      const position = { model: this.model!.name, ids: [...root.prompt.ids, ...ids] };
      const facts = await this.engine.call('facts', { ...position, promptLength: root.prompt.ids.length });
      let node = root;
      for (const token of facts) node = this.tree.append(node, token);
      if (ids === shown) this.goTo(node);
    }
  }

  /** Asks for the shown row as the settings reshape it. Of several wishes at once the last is met. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.onChange();
    this.#refreshing ??= this.#shape().finally(() => {
      this.#refreshing = undefined;
      this.onChange();
    });
    return this.#refreshing;
  }

  async #shape(): Promise<void> {
    while (this.#isStale && this.model) {
      this.#isStale = false;
      const { node, position, settings, search } = this;
      const request = { ...this.at(), settings, top: tableSize, search };
      try {
        const shaped = await this.engine.call('shape', request);
        this.forwards = shaped.forwards;
        this.row = { node, position, shaped };
        this.error = undefined;
      } catch (error) {
        if (!this.#isStale) this.error = error;
      }
      this.onChange();
    }
  }

  #rootOf(node: TextNode): TextNode {
    return pathOf(node)[0]?.parent ?? node;
  }

  async #attempt<Result>(work: Promise<Result>): Promise<Result | undefined> {
    try {
      return await work;
    } catch (error) {
      this.error = error;
      this.onChange();
      return undefined;
    }
  }

  #moved(): void {
    this.ending = undefined;
    this.#looking = undefined;
    this.#wantedPrompt = this.node.prompt.text;
    void this.refresh();
  }
}
