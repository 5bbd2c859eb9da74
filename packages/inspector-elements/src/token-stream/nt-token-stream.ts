import type { LossGroup } from '@nexttoken/inspector';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { horizontal, nextIndex } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { streamKey } from './stream-key';
import type { StreamColour, StreamToken } from './stream-token';
import { tokenStreamStyles } from './token-stream-styles';
import { tokenTable } from './token-table';
import { tokenTemplate } from './token-template';

/** How long the pointer rests on a token before that counts. */
const hoverMilliseconds = 150;
/** From this many bits on a token is worth a stop of its own (key u). */
const uncertainBits = 2;

/**
 * A text as tokens, each underlined by its surprisal (or rank, entropy …). Arrows move, Enter selects, Shift-Enter pins,
 * `u` goes to the next token that surprised.
 */
export class NtTokenStream extends NtElement {
  static override styles = [...NtElement.styles, tokenStreamStyles];
  static override properties = {
    tokens: { attribute: false },
    groups: { attribute: false },
    colourBy: { attribute: 'colour-by', reflect: true },
    selected: { type: Number },
    pinned: { attribute: false },
    whitespace: {},
    typeface: {},
    view: { reflect: true },
    legend: { type: Boolean },
    label: {},
    _active: { state: true },
  };
  declare tokens: readonly StreamToken[];
  /** Words, sentences or lines, as `groupLosses` of inspector makes them: the underline is then their mean surprisal. */
  declare groups: readonly LossGroup[] | undefined;
  declare colourBy: StreamColour;
  declare selected: number | undefined;
  declare pinned: readonly number[];
  declare whitespace: 'plain' | 'shown';
  declare typeface: 'serif' | 'mono';
  declare view: 'text' | 'table';
  declare legend: boolean;
  declare label: string;
  declare private _active: number;
  #hover: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.tokens = [];
    this.groups = undefined;
    this.colourBy = 'surprisal';
    this.selected = undefined;
    this.pinned = [];
    this.whitespace = 'plain';
    this.typeface = 'serif';
    this.view = 'text';
    this.legend = false;
    this.label = 'Text, token by token';
    this._active = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#hover);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('selected') && this.selected !== undefined) this._active = this.selected;
    this._active = Math.max(0, Math.min(this._active, this.tokens.length - 1));
  }

  override render(): TemplateResult {
    return html`<div class=${this.typeface}>
      ${
        this.view === 'table'
          ? html`<div @click=${this.#onClick}>${tokenTable(this.tokens, this.selected)}</div>`
          : nothing
      }
      <div class="text" part="text" ?hidden=${this.view === 'table'}><slot name="prompt"></slot>${this.#tokens()}</div>
      ${this.legend ? this.#key() : nothing}
    </div>`;
  }

  #tokens(): TemplateResult {
    const { tokens, colourBy: colour, selected, pinned, _active: active } = this;
    if (tokens.length === 0) return html`<slot name="empty"></slot>`;
    const levels = this.#groupLevels();
    return html`<span class="tokens" role="listbox" tabindex="0" aria-label=${this.label}
      aria-orientation="horizontal" aria-activedescendant=${`token-${active}`}
      @click=${this.#onClick} @keydown=${this.#onKey} @mouseover=${this.#onOver} @mouseleave=${this.#onLeave}
      @focus=${() => this.#preview(active)} @blur=${() => this.#preview(undefined)}>${repeat(
        tokens,
        (_, index) => index,
        (token, index) =>
          tokenTemplate({
            token,
            index,
            colour,
            level: levels?.[index],
            isActive: index === active && this.matches(':focus-within'),
            isSelected: index === selected,
            isPinned: pinned.includes(index),
            showsWhitespace: this.whitespace === 'shown',
          }),
      )}</span>`;
  }

  /** The level of each token's group, where groups are given and surprisal is what is shown. */
  #groupLevels(): readonly (number | undefined)[] | undefined {
    const { groups, colourBy, tokens } = this;
    if (!groups || colourBy !== 'surprisal') return undefined;
    const levels: (number | undefined)[] = tokens.map(() => undefined);
    for (const { start, end, mean, scored } of groups)
      for (let index = start; index < end; index++) if (scored) levels[index] = Math.min(1, mean / 8);
    return levels;
  }

  #key(): TemplateResult {
    return streamKey({
      tokens: this.tokens,
      colour: this.colourBy,
      isTable: this.view === 'table',
      onColour: (event) => this.#onColour(event),
      onView: () => this.#onView(),
    });
  }

  #onColour(event: Event): void {
    this.colourBy = (event.target as HTMLSelectElement).value as StreamColour;
  }

  #onView(): void {
    this.view = this.view === 'table' ? 'text' : 'table';
  }

  #indexOf(event: Event): number | undefined {
    const found = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
    return found === undefined ? undefined : Number(found);
  }

  #onClick(event: MouseEvent): void {
    const index = this.#indexOf(event);
    if (index === undefined) return;
    this._active = index;
    if (event.ctrlKey || event.metaKey) this.#pin(index);
    else this.#select(index);
  }

  #select(index: number): void {
    if (this.emit('nt-token-select', { index })) this.selected = index;
  }

  #pin(index: number): void {
    const pinned = !this.pinned.includes(index);
    if (!this.emit('nt-token-pin', { index, pinned })) return;
    this.pinned = pinned ? [...this.pinned, index] : this.pinned.filter((other) => other !== index);
  }

  #preview(index: number | undefined): void {
    clearTimeout(this.#hover);
    this.requestUpdate();
    this.emit('nt-token-preview', { index });
  }

  #onOver(event: Event): void {
    const index = this.#indexOf(event);
    clearTimeout(this.#hover);
    if (index !== undefined) this.#hover = setTimeout(() => this.#preview(index), hoverMilliseconds);
  }

  #onLeave(): void {
    this.#preview(undefined);
  }

  #onKey(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    const { _active: active, tokens } = this;
    if (key === 'Enter') {
      if (event.shiftKey) this.#pin(active);
      else this.#select(active);
    } else {
      const next =
        key === 'u' ? this.#nextUncertain() : nextIndex(key, active, tokens.length, horizontal, 10);
      if (next === undefined) return;
      this._active = next;
      this.#preview(next);
      void this.#reveal(next);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #nextUncertain(): number | undefined {
    const { tokens, _active: active } = this;
    const at = tokens.findIndex(({ surprisal = 0 }, index) => index > active && surprisal >= uncertainBits);
    return at < 0 ? undefined : at;
  }

  async #reveal(index: number): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector(`#token-${index}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

define('nt-token-stream', NtTokenStream);

declare global {
  interface HTMLElementTagNameMap {
    'nt-token-stream': NtTokenStream;
  }
}
