import type { AttentionHeadView, AttentionOverview, AttentionRow } from '@nexttoken/inspector';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../element/define';
import { formatPercent } from '../element/format';
import { horizontal, nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { svgFile } from '../element/svg-file';
import { vars } from '../element/vars';
import { attentionDrawing, drawingWidth, lineHeight, linkPath, linkWidth } from './attention-drawing';
import { attentionStyles } from './attention-styles';
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
      ${this.view === 'table' ? headTable(head) : this.view === 'matrix' ? this.#matrix(head) : this.#lines(head)}
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

  #lines(view: AttentionHeadView): TemplateResult {
    const row = this.#row(view);
    const shares = new Map(row?.entries.map(({ key, weight }) => [key, weight]));
    return html`<figure part="chart">
      <figcaption class="unseen">${row ? rowText(row) : ''}</figcaption>
      <div class="lines">
        <div class="side from" role="listbox" tabindex="0" aria-label="Positions that look" aria-activedescendant=${`from-${row?.position}`}
          @keydown=${this.#onRowKey} @click=${this.#onRowClick}>${view.tokens.map((token, position) => {
            const own = view.rows.find((each) => each.position === position);
            if (!own) return html`<span role="presentation">${token}</span>`;
            return html`<span role="option" id=${`from-${position}`} data-position=${position} part="token"
              aria-selected=${own === row} aria-label=${rowText(own)}>${token}</span>`;
          })}</div>
        <svg class=${this.selected === undefined ? 'links' : 'links locked'} aria-hidden="true" preserveAspectRatio="none"
          viewBox="0 0 ${linkWidth} ${view.tokens.length * lineHeight}">${view.rows.map((each) => this.#links(each, each === row))}</svg>
        <div class="side to" aria-hidden="true">${view.tokens.map((token, key) => {
          const weight = shares.get(key);
          if (weight === undefined) return html`<span>${token}</span>`;
          return html`<span class="hit" ${vars({ '--level': weight.toFixed(3) })}>${token} <span class="weight">${formatPercent(weight)} %</span></span>`;
        })}</div>
        <p class="about note">${row ? rowText(row) : ''}</p>
      </div>
    </figure>`;
  }

  #links({ position, entries }: AttentionRow, isOwn: boolean): unknown {
    return entries.map(
      ({ key, weight }) =>
        svg`<path class=${isOwn ? 'own' : ''} d=${linkPath(position, key)} ${vars({ '--weight': weight.toFixed(3) })} />`,
    );
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

  #matrix(view: AttentionHeadView): TemplateResult {
    const { rows, keys } = view;
    const row = this.#row(view);
    const at = row ? rows.indexOf(row) : 0;
    return html`<figure part="chart">
      <figcaption class="note">rows look, columns are looked at; first above and left. ${row ? rowText(row) : ''}</figcaption>
      <svg class="matrix" viewBox="0 0 ${keys} ${rows.length}" role="slider" tabindex="0" aria-label="Position that looks"
        aria-orientation="vertical" aria-valuemin="0" aria-valuemax=${rows.length - 1} aria-valuenow=${at} aria-valuetext=${row ? rowText(row) : ''}
        @keydown=${this.#onRowKey} @click=${this.#onMatrixClick}>
        ${rows.map(({ entries }, line) =>
          entries.map(
            ({ key, weight, token }) =>
              svg`<rect class="weight" x=${key} y=${line} width="1" height="1" ${vars({ '--weight': weight.toFixed(3) })}><title>${`${rows[line]!.token} → ${token} ${formatPercent(weight)} %`}</title></rect>`,
          ),
        )}
        <rect class="row" x="0" y=${at} width=${keys} height="1" />
      </svg>
    </figure>`;
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
