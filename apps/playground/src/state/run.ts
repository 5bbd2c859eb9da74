import { displayToken } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { logSumExp } from '@nexttoken/numeric';
import { type Choice, choose } from './choose';
import { History } from './history';
import { RowSource } from './row-source';
import { initialSettings, type Settings } from './settings';
import { idsOf, type TakenToken, type TextState } from './text-state';

/** The most tokens of one Generate. */
export const generateAtMost = 100;

/** A text in progress on a live model: every verb of the page, and what the page shows. */
export class Run {
  settings: Settings = initialSettings;
  error: unknown;
  generating = false;
  /** Why the last Generate ended by itself. */
  ending: 'end-token' | 'limit' | undefined;
  tokensPerSecond: number | undefined;
  readonly #history: History<TextState>;
  readonly #rows: RowSource;
  /** A taken token whose row is looked at; `undefined`: the present row. */
  #looking: number | undefined;
  #settling: Promise<boolean> | undefined;
  #stop = false;

  constructor(
    readonly loaded: LoadedModel,
    prompt: string,
    readonly onChange: () => void,
  ) {
    this.#rows = new RowSource(loaded.model);
    this.#history = new History(this.#textOf(prompt));
  }

  get text(): TextState {
    return this.#history.present;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  /** The position whose row is shown: that of a taken token, or behind the last one. */
  get position(): number {
    return this.#looking ?? this.text.taken.length;
  }

  /** The raw row at `position`, shape `[vocabSize]`; `undefined` while it is computed. */
  get row(): Float32Array | undefined {
    return this.text.taken[this.position]?.row ?? this.#rows.known(this.text);
  }

  get context() {
    const { promptIds } = this.text;
    return { ids: idsOf(this.text, this.position), promptLength: promptIds.length, row: 0, batchItem: 0 };
  }

  /** What the sliders would take from the shown row. @throws NextTokenError `no-candidates` */
  choice(): Choice | undefined {
    return this.row && choose(this.row, this.settings, this.context);
  }

  change(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    this.onChange();
  }

  setPrompt(prompt: string): void {
    if (prompt === this.text.prompt) return;
    this.stop();
    this.#go(() => this.#textOf(prompt));
  }

  /** Takes what the sampler chooses at the end of the text. */
  async step(): Promise<void> {
    if (this.generating) return;
    this.look(undefined);
    if (await this.settle()) this.#takeChoice();
    await this.settle();
  }

  /** Takes a token out of the shown table; what came behind it can be had back with undo. */
  take(id: number): void {
    const { row, position } = this;
    if (!row) return;
    this.stop();
    const choice = this.choice()!;
    const share = Math.exp(choice.scores[id]! - logSumExp(choice.scores));
    const probability = Math.exp(row[id]! - logSumExp(row));
    this.#append(position, { id, row, probability, share, draw: undefined, by: 'hand' });
  }

  async generate(): Promise<void> {
    if (this.generating) return;
    this.look(undefined);
    this.generating = true;
    this.#stop = false;
    this.ending = undefined;
    const started = performance.now();
    let count = 0;
    while (count < generateAtMost && (await this.settle()) && !this.#stop) {
      const id = this.#takeChoice();
      if (id === undefined) break;
      // The first row was known before: the clock runs over the others.
      if (++count >= 4) this.tokensPerSecond = (1000 * (count - 1)) / (performance.now() - started);
      if (this.loaded.generationConfig.endTokenIds.includes(id)) {
        this.ending = 'end-token';
        break;
      }
    }
    if (count === generateAtMost) this.ending = 'limit';
    this.generating = false;
    this.onChange();
    await this.settle();
  }

  stop(): void {
    this.#stop = true;
  }

  undo(): void {
    this.stop();
    if (this.#history.undo()) this.#moved();
  }

  redo(): void {
    this.stop();
    if (this.#history.redo()) this.#moved();
  }

  /** Shows the row that a taken token came from; `undefined`: the present one. */
  look(position: number | undefined): void {
    const { length } = this.text.taken;
    this.#looking =
      position === undefined || position >= length || position < 0 ? undefined : Math.floor(position);
    this.onChange();
  }

  /** Waits until the present row is known. @returns whether it is; if not, `error` says why */
  settle(): Promise<boolean> {
    this.#settling ??= this.#computeRows().finally(() => {
      this.#settling = undefined;
      this.onChange();
    });
    return this.#settling;
  }

  async #computeRows(): Promise<boolean> {
    try {
      while (!this.#rows.known(this.text)) await this.#rows.rowOf(this.text);
      return true;
    } catch (error) {
      this.error = error;
      return false;
    }
  }

  #takeChoice(): number | undefined {
    const { row, text } = this;
    try {
      const choice = this.choice();
      if (!row || !choice) return undefined;
      const { id, probability, share, draw } = choice;
      this.#append(text.taken.length, { id, row, probability, share, draw, by: 'sampler' });
      return id;
    } catch (error) {
      this.error = error;
      this.onChange();
      return undefined;
    }
  }

  #append(position: number, taken: Omit<TakenToken, 'token' | 'logit'>): void {
    const { id, row } = taken;
    const token = displayToken(this.loaded.tokenizer, id);
    const { text } = this;
    this.#go(() => ({
      ...text,
      taken: [...text.taken.slice(0, position), { ...taken, token, logit: row[id]! }],
    }));
  }

  #go(next: () => TextState): void {
    try {
      this.#history.go(next());
    } catch (error) {
      this.error = error;
      this.onChange();
      return;
    }
    this.#moved();
  }

  #moved(): void {
    this.error = undefined;
    this.ending = undefined;
    this.#looking = undefined;
    this.onChange();
    void this.settle();
  }

  #textOf(prompt: string): TextState {
    return { prompt, promptIds: [...this.loaded.tokenizer.encode(prompt).ids], taken: [] };
  }
}
