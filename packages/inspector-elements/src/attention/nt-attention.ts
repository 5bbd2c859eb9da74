import type { AttentionHeadView, AttentionOverview, AttentionRow } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../element/define';
import { formatPercent } from '../element/format';
import { horizontal, nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { svgFile } from '../element/svg-file';
import { attentionDrawing, drawingWidth, lineHeight } from './attention-drawing';
import { attentionStyles } from './attention-styles';
import { headLines } from './head-lines';
import { headMatrix } from './head-matrix';
import { headTable, rowText } from './head-table';
import { type HeadMeasure, headMeasures, overviewGrid } from './overview-grid';

type View = 'lines' | 'matrix' | 'table';

/** What one head attends to: lines between positions, a matrix, or a table; all heads in small to choose from. */
export class NtAttention extends NtElement {
  static override styles = [...NtElement.styles, attentionStyles];
  static override properties = {
    head: { attribute: false },
    overview: { attribute: false },
    selected: { type: Number },
    view: { reflect: true },
    heading: {},
    _measure: { state: true },
  };
  declare head: AttentionHeadView | undefined;
  declare overview: AttentionOverview | undefined;
  /** The position that is locked. */
  declare selected: number | undefined;
  declare view: View;
  declare heading: string;
  declare private _measure: HeadMeasure;

  constructor() {
    super();
    this.head = undefined;
    this.overview = undefined;
    this.selected = undefined;
    this.view = 'lines';
    this.heading = 'Attention';
    this._measure = 'sink';
  }

  override render(): TemplateResult {
    const { head, overview } = this;
    if (!head) return html`<slot name="empty"></slot>`;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">layer ${head.layer}, head ${head.head}</p>
      </div>
      ${this.#controls(head)}
      ${
        overview
          ? html`<div @keydown=${this.#onHeadKey} @click=${this.#onHeadClick}>${overviewGrid(overview, this._measure, [head.layer, head.head])}</div>`
          : nothing
      }
      ${this.#chart(head)}
    `;
  }

  #controls({ mass, ignoreFirst }: AttentionHeadView): TemplateResult {
    const views: readonly View[] = ['lines', 'matrix', 'table'];
    return html`<div class="controls" part="controls">
      <span class="views">${views.map(
        (view) =>
          html`<button type="button" aria-pressed=${view === this.view} @click=${() => {
            this.view = view;
          }}>${view}</button>`,
      )}</span>
      <label><abbr title="Each position shows the fewest others that hold this share of its attention">mass</abbr>
        <input type="range" min="0.5" max="1" step="0.01" .value=${live(String(mass))} aria-valuetext=${`${formatPercent(mass)} %`}
          @change=${(event: Event) => this.#ask({ mass: (event.target as HTMLInputElement).valueAsNumber })} />
        <span class="number">${formatPercent(mass)} %</span></label>
      <label><input type="checkbox" .checked=${live(ignoreFirst)} @change=${(event: Event) =>
        this.#ask({ ignoreFirst: (event.target as HTMLInputElement).checked })} />
        <abbr title="Heads that have nothing to do look at the first position">leave out the first</abbr></label>
      ${
        this.overview
          ? html`<label>heads by <select @change=${(event: Event) => {
              this._measure = (event.target as HTMLSelectElement).value as HeadMeasure;
            }}>${headMeasures.map(
              ([name, label]) =>
                html`<option value=${name} .selected=${name === this._measure}>${label}</option>`,
            )}</select></label>`
          : nothing
      }
    </div>`;
  }

  #ask(wanted: Partial<{ layer: number; head: number; mass: number; ignoreFirst: boolean }>): void {
    const { layer, head, mass, ignoreFirst } = this.head!;
    this.emit('nt-attention-change', { layer, head, mass, ignoreFirst, ...wanted });
  }

  /** The row that is told in full: the locked one, else the last. */
  #row({ rows }: AttentionHeadView): AttentionRow | undefined {
    return rows.find(({ position }) => position === this.selected) ?? rows.at(-1);
  }

  #chart(head: AttentionHeadView): TemplateResult {
    const row = this.#row(head);
    const onKey = (event: KeyboardEvent) => this.#onRowKey(event);
    if (this.view === 'table') return headTable(head);
    if (this.view === 'matrix')
      return headMatrix(head, row, { onKey, onClick: (event) => this.#onMatrixClick(event) });
    const onClick = (event: Event) => this.#onRowClick(event);
    return headLines(head, row, this.selected !== undefined, { onKey, onClick });
  }

  /** The lines as an SVG file in the colours of the moment; `undefined` without a head. */
  toSvg(): string | undefined {
    const { head, selected } = this;
    if (!head) return undefined;
    const row = this.#row(head);
    const colours = { ink: this.colour('--ink'), accent: this.colour('--accent') };
    const marks = attentionDrawing(head, selected === undefined ? undefined : row, colours);
    const title = `Attention of layer ${head.layer}, head ${head.head}${row ? `: ${rowText(row)}` : ''}`;
    return svgFile(drawingWidth, head.tokens.length * lineHeight, title, this.colour('--paper'), marks);
  }

  #select(row: AttentionRow | undefined): void {
    if (row && this.emit('nt-token-select', { index: row.position })) this.selected = row.position;
  }

  #onRowClick(event: Event): void {
    const position = (event.target as Element).closest<HTMLElement>('[data-position]')?.dataset.position;
    if (position === undefined) return;
    // A click on the locked one unlocks it.
    if (Number(position) === this.selected) this.selected = undefined;
    else this.#select(this.head!.rows.find((row) => row.position === Number(position)));
  }

  #onMatrixClick(event: MouseEvent): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const { rows } = this.head!;
    this.#select(rows[Math.floor(((event.clientY - box.top) / box.height) * rows.length)]);
  }

  #onRowKey(event: KeyboardEvent): void {
    const view = this.head!;
    const row = this.#row(view);
    if (event.altKey || event.ctrlKey || event.metaKey || !row) return;
    if (event.key === 'Escape') this.selected = undefined;
    else {
      const next = nextIndex(event.key, view.rows.indexOf(row), view.rows.length, vertical, 10);
      if (next === undefined) return;
      this.#select(view.rows[next]);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #onHeadClick(event: Event): void {
    const found = (event.target as Element).closest<HTMLElement>('.small')?.dataset;
    if (found) this.#ask({ layer: Number(found.layer), head: Number(found.head) });
  }

  #onHeadKey(event: KeyboardEvent): void {
    const { head, overview } = this;
    if (!head || !overview || event.altKey || event.ctrlKey || event.metaKey) return;
    const down = ['Home', 'End'].includes(event.key)
      ? undefined
      : nextIndex(event.key, head.layer, overview.layers, vertical);
    const along = nextIndex(event.key, head.head, overview.heads, horizontal);
    if (down === undefined && along === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#ask({ layer: down ?? head.layer, head: along ?? head.head });
    void this.updateComplete.then(() => this.focusOn('.small[tabindex="0"]'));
  }
}

define('nt-attention', NtAttention);

declare global {
  interface HTMLElementTagNameMap {
    'nt-attention': NtAttention;
  }
}
