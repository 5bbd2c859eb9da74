import type { ChosenSettings } from '../engine/constraint/constraint-settings';
import type { GenerateResult, ModelCard, OpenRequest, RunTo, Shaped, TextPosition } from '../engine/protocol';
import type { Engine } from '../engine/start-engine';
import type { Prompt, TextNode, TokenTree } from '../tree/token-tree';
import { Generation } from './generation';
import { Latest } from './latest';
import { ModelSlot } from './model-slot';
import { PromptReader } from './prompt-reader';
import { ShownText } from './shown-text';
import { tableSize } from './table-size';

/** What the page shows of a row, and which row it is. */
export interface ShownRow {
  readonly node: TextNode | undefined;
  readonly position: number;
  readonly shaped: Shaped;
}

/** A text in progress on a live model: every verb of the page, and what the page shows. */
export class Playground {
  readonly models: ModelSlot;
  readonly #text: ShownText;
  row: ShownRow | undefined;
  error: unknown;
  /** Forward passes of the model so far. */
  forwards = 0;
  search = '';
  readonly #generation: Generation;
  readonly #prompt: PromptReader;
  readonly #shaping = new Latest((isStale) => this.#shape(isStale));

  constructor(
    readonly engine: Engine,
    public settings: ChosenSettings,
    prompt: Prompt,
    readonly onChange: () => void,
  ) {
    this.#text = new ShownText(prompt);
    this.#prompt = new PromptReader(prompt.text);
    this.#generation = new Generation(engine);
    this.models = new ModelSlot(engine, onChange);
  }

  get model(): ModelCard | undefined {
    return this.models.card;
  }

  get loading(): ModelSlot['loading'] {
    return this.models.loading;
  }

  get generating(): boolean {
    return this.#generation.isRunning;
  }

  /** Why the last Generate ended. */
  get ending(): GenerateResult['ending'] | undefined {
    return this.#generation.ending;
  }

  get tokensPerSecond(): number | undefined {
    return this.#generation.tokensPerSecond;
  }

  get tree(): TokenTree {
    return this.#text.tree;
  }

  get node(): TextNode {
    return this.#text.node;
  }

  get canUndo(): boolean {
    return this.#text.canUndo;
  }

  get canRedo(): boolean {
    return this.#text.canRedo;
  }

  /** The prompt as it was typed last, also while it is still read. */
  get promptText(): string {
    return this.#prompt.text;
  }

  /** The position whose row is shown: that of a taken token, or behind the last one. */
  get position(): number {
    return this.#text.position;
  }

  /** Whether an answer is awaited. */
  get isShaping(): boolean {
    return this.#shaping.isBusy || this.#prompt.isBusy;
  }

  /** Whether the shown row is that of the shown position. */
  get isCurrent(): boolean {
    return this.row?.node === this.node && this.row.position === this.position;
  }

  /** The text up to the shown position, for the worker. */
  at(position = this.position): TextPosition {
    return { model: this.model?.name ?? '', ...this.#text.at(position) };
  }

  /**
   * Opens another model and reads the prompt anew with it; texts of another tokenizer are no texts of this one.
   * @throws what loading throws; then the present model stays
   */
  async open(request: OpenRequest, prompt = this.node.prompt.text): Promise<void> {
    this.stop();
    const { card, ids, tokens } = await this.models.load(request, prompt);
    this.stop();
    this.#text.start({ text: prompt, ids, tokens }, this.models.use(card));
    this.error = undefined;
    this.#generation.tokensPerSecond = undefined;
    this.#prompt.text = prompt;
    await this.refresh();
  }

  /** Other settings; what the text has to keep to stays, where they do not say. */
  change(settings: ChosenSettings): void {
    const { constraint } = this.settings;
    this.settings = { ...(constraint && { constraint }), ...settings };
    void this.refresh();
  }

  find(search: string): void {
    this.search = search;
    void this.refresh();
  }

  setPrompt(text: string): Promise<void> {
    const { model } = this;
    if (text === this.#prompt.text || !model) return this.#prompt.settled;
    this.stop();
    const reading = this.#prompt.read(text, async (isWanted) => {
      const read = await this.#attempt(this.engine.call('encode', { model: model.name, text }));
      // Else somebody typed on, or went elsewhere.
      if (read && isWanted() && this.model === model) this.goTo(this.tree.root({ text, ...read }));
    });
    this.onChange();
    return reading;
  }

  /** Takes what the sampler chooses at the end of the text. */
  step(): Promise<void> {
    return this.run('step');
  }

  /** Takes a token out of the shown table; what came behind it stays as a branch. */
  async take(id: number): Promise<void> {
    await this.#prompt.settled;
    if (!this.model) return;
    this.stop();
    const from = this.#text.beginning;
    const { settings } = this;
    const facts = await this.#attempt(this.engine.call('take', { ...this.at(), settings, id }));
    if (facts) this.goTo(this.tree.append(from, facts));
  }

  /** Takes tokens up to a sentence's end, the next fork, the text's end, or a stop. */
  async run(to: RunTo): Promise<void> {
    await this.#prompt.settled;
    if (this.generating || !this.model) return;
    this.#text.beginRun();
    this.error = undefined;
    void this.refresh();
    const { settings } = this;
    const isOver = await this.#attempt(
      this.#generation.run({ ...this.at(), settings, to }, (facts) => {
        this.#text.extend(facts);
        void this.refresh();
      }),
    );
    if (isOver === false) return;
    this.#text.endRun();
    await this.refresh();
  }

  /** Ends a run; what was taken stays. */
  stop(): void {
    if (!this.#generation.stop()) return;
    this.#text.endRun();
    this.onChange();
  }

  undo(): void {
    this.stop();
    if (this.#text.undo()) this.#moved();
  }

  redo(): void {
    this.stop();
    if (this.#text.redo()) this.#moved();
  }

  /** Shows another text of the tree. */
  goTo(node: TextNode): void {
    this.stop();
    this.#text.goTo(node);
    this.#moved();
  }

  /** The text without its last token; it stays a branch. */
  back(): void {
    if (this.node.parent) this.goTo(this.node.parent);
  }

  /** Shows the row that a taken token came from; `undefined`: the present one. */
  look(position: number | undefined): void {
    this.#text.look(position);
    void this.refresh();
  }

  /** Puts ids behind the prompt, as a link carries them, and shows that text. */
  async restore(branches: readonly (readonly number[])[], shown: readonly number[]): Promise<void> {
    const { root } = this.#text;
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
    const shaping = this.#shaping.ask();
    this.onChange();
    return shaping.then(() => this.onChange());
  }

  async #shape(isStale: () => boolean): Promise<void> {
    if (!this.model) return;
    const { node, position, settings, search } = this;
    const request = { ...this.at(), settings, top: tableSize, search };
    try {
      const shaped = await this.engine.call('shape', request);
      this.forwards = shaped.forwards;
      this.row = { node, position, shaped };
      this.error = undefined;
    } catch (error) {
      if (!isStale()) this.error = error;
    }
    this.onChange();
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
    this.#generation.ending = undefined;
    this.#prompt.text = this.node.prompt.text;
    void this.refresh();
  }
}
