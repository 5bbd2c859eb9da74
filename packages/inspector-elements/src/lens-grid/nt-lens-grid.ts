import type { LensCell, LensGrid } from '@nexttoken/inspector';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { define } from '../element/define';
import { formatNumber, formatPercent } from '../element/format';
import { horizontal, nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { vars } from '../element/vars';
import { cellLevel, cellNumber, cellText, type LensColour, lensColours } from './cell-level';
import { lensFoot } from './lens-foot';
import { lensGridStyles } from './lens-grid-styles';
import { lensTable } from './lens-table';

/** What each layer would say at each position: the best token of every cell, and where the output's token comes up. */
export class NtLensGrid extends NtElement {
  static override styles = [...NtElement.styles, lensGridStyles];
  static override properties = {
    grid: { attribute: false },
    colourBy: { attribute: 'colour-by' },
    watch: { type: Number },
    view: { reflect: true },
    heading: {},
    columns: { type: Number },
    _at: { state: true },
    _first: { state: true },
  };
  declare grid: LensGrid | undefined;
  declare colourBy: LensColour;
  declare watch: number | undefined;
  declare view: 'chart' | 'table';
  declare heading: string;
  /** How many positions are shown at a time. */
  declare columns: number;
  /** Line from the top and column of the cell that is looked at. */
  declare private _at: readonly [line: number, column: number];
  /** The first column that is shown. */
  declare private _first: number;

  constructor() {
    super();
    this.grid = undefined;
    this.colourBy = 'probability';
    this.watch = undefined;
    this.view = 'chart';
    this.heading = 'Layers';
    this.columns = 24;
    this._first = 0;
    this._at = [0, 0];
  }

  protected override willUpdate(changed: PropertyValues): void {
    const count = this.grid?.columns.length ?? 0;
    if (changed.has('grid')) {
      this._at = [0, Math.max(0, count - 1)];
      this._first = count;
    }
    // What is looked at is always among what is shown.
    const [, column] = this._at;
    const first = Math.min(Math.max(this._first, column - this.columns + 1), column);
    this._first = Math.max(0, Math.min(first, count - this.columns));
  }

  override render(): TemplateResult {
    const { grid, view } = this;
    if (!grid) return html`<slot name="empty"></slot>`;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${grid.norm === 'final' ? 'with the final norm' : 'raw, without the final norm'}</p>
        <button type="button" aria-pressed=${view === 'table'} @click=${() => {
          this.view = view === 'table' ? 'chart' : 'table';
        }}>table</button>
      </div>
      ${this.#controls(grid)}${view === 'table' ? lensTable(grid, this._first, this.columns) : html`${this.#chart(grid)}${this.#about(grid)}`}
    `;
  }

  #controls(grid: LensGrid): TemplateResult {
    const { layers } = grid;
    const watched = layers[0]?.cells[0]?.watched ?? [];
    return html`<div class="controls" part="controls">
      <label>colour <select @change=${(event: Event) => {
        this.colourBy = (event.target as HTMLSelectElement).value as LensColour;
      }}>${lensColours.map(
        ([name, label]) => html`<option value=${name} .selected=${name === this.colourBy}>${label}</option>`,
      )}</select></label>
      ${
        watched.length
          ? html`<label>rank of <select @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              this.watch = value === '' ? undefined : Number(value);
            }}><option value="">nothing</option>${watched.map(
              ({ id, token }) => html`<option value=${id} .selected=${id === this.watch}>${token}</option>`,
            )}</select></label>`
          : nothing
      }
      ${this.#pages(grid)}
    </div>`;
  }

  /** The way to the positions before and behind those that are shown. */
  #pages({ columns }: LensGrid): TemplateResult | typeof nothing {
    const { _first: first, columns: shown } = this;
    const last = Math.min(columns.length, first + shown);
    if (columns.length <= shown) return nothing;
    const go = (by: number) => () => {
      const [line, column] = this._at;
      this._first = Math.max(0, Math.min(first + by, columns.length - shown));
      this._at = [line, Math.max(this._first, Math.min(column, this._first + shown - 1))];
    };
    return html`<span class="pages">
      <button type="button" ?disabled=${first === 0} @click=${go(-shown)}>earlier</button>
      <span class="note">${first + 1}–${last} of ${columns.length}</span>
      <button type="button" ?disabled=${last === columns.length} @click=${go(shown)}>later</button>
    </span>`;
  }

  /** Layers from the output down to the embeddings. */
  #chart(grid: LensGrid): TemplateResult {
    const lines = [...grid.layers].reverse();
    const first = this._first;
    const columns = grid.columns.slice(first, first + this.columns);
    return html`<div class="scroll"><table part="chart" role="grid" aria-label="Layers by positions: best token of each"
      @keydown=${this.#onKey} @click=${this.#onClick}>
      <caption class="unseen">Each cell is what that layer would say next if it were the last one; underlined where it is the output’s token.</caption>
      <thead><tr><td></td>${columns.map(({ token }) => html`<th scope="col">${token}</th>`)}</tr></thead>
      <tbody>${lines.map(
        ({ name, cells }, line) =>
          html`<tr><th scope="row">${name}</th>${columns.map(({ token }, place) =>
            this.#cell(cells[first + place]!, grid, line, first + place, name, token),
          )}</tr>`,
      )}</tbody>
      ${lensFoot(grid, columns)}
    </table></div>`;
  }

  #cell(
    cell: LensCell,
    grid: LensGrid,
    line: number,
    column: number,
    layer: string,
    token: string,
  ): TemplateResult {
    const [atLine, atColumn] = this._at;
    const isAt = line === atLine && column === atColumn;
    const best = cell.top[0];
    const isRight = best?.id === cell.final.id;
    const text = cellText(cell, layer, token);
    return html`<td class=${isRight ? 'cell right' : 'cell'} role="gridcell" tabindex=${isAt ? 0 : -1} aria-selected=${isAt}
      data-line=${line} data-column=${column} title=${text}
      ${vars({ '--level': cellLevel(cell, this.colourBy, grid).toFixed(3) })}><span class="best">${best?.token ?? ''}</span><span class="number">${cellNumber(cell, this.colourBy, this.watch)}</span></td>`;
  }

  #about(grid: LensGrid): TemplateResult | typeof nothing {
    const [line, column] = this._at;
    const layer = grid.layers.at(-1 - line);
    const cell = layer?.cells[column];
    if (!layer || !cell) return nothing;
    return html`<div class="about"><p class="note">${cellText(cell, layer.name, grid.columns[column]!.token)}</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Table"><table><caption class="unseen">The best tokens of this cell</caption>
        <thead><tr><th scope="col">#</th><th scope="col">token</th><th scope="col" class="number">logit</th><th scope="col" class="number">%</th></tr></thead>
        <tbody>${[...cell.top, ...cell.watched].map(
          ({
            id,
            rank,
            token,
            logit,
            probability,
          }) => html`<tr><td class="number">${rank}</td><td class="token">${
            column === grid.columns.length - 1
              ? html`<button type="button" class="link token" title="Take it" @click=${() =>
                  this.emit('nt-candidate-choose', { id, token })}>${token}</button>`
              : token
          }</td>
            <td class="number">${formatNumber(logit)}</td><td class="number">${formatPercent(probability)}</td></tr>`,
        )}</tbody></table></div></div>`;
  }

  #select(line: number, column: number): void {
    const cell = this.grid?.layers.at(-1 - line)?.cells[column];
    if (!cell) return;
    if (this.emit('nt-cell-select', { layer: cell.layer, position: cell.position }))
      this._at = [line, column];
  }

  #onClick(event: Event): void {
    const found = (event.target as Element).closest<HTMLElement>('.cell')?.dataset;
    if (found) this.#select(Number(found.line), Number(found.column));
  }

  #onKey(event: KeyboardEvent): void {
    const { grid, _at } = this;
    if (!grid || event.altKey || event.ctrlKey || event.metaKey) return;
    const [line, column] = _at;
    const down = ['Home', 'End'].includes(event.key)
      ? undefined
      : nextIndex(event.key, line, grid.layers.length, vertical, 8);
    const along = nextIndex(event.key, column, grid.columns.length, horizontal);
    if (down === undefined && along === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = [down ?? line, along ?? column] as const;
    this.#select(...next);
    void this.focusOn(`[data-line="${next[0]}"][data-column="${next[1]}"]`);
  }
}

define('nt-lens-grid', NtLensGrid);

declare global {
  interface HTMLElementTagNameMap {
    'nt-lens-grid': NtLensGrid;
  }
}
