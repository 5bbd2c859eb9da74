import type { NextTokenRow, NextTokenTable, Processors } from '@nexttoken/inspector';
import type { ProcessorContext, Tokenizer } from '@nexttoken/model';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { formatCount, formatNumber, formatPercent } from '../element/format';
import { nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { svgFile } from '../element/svg-file';
import { captionOf } from './caption';
import { constraintNote } from './constraint-note';
import { constraintStyles } from './constraint-styles';
import { distributionDrawing, drawingHeight, drawingWidth } from './distribution-drawing';
import { distributionHead } from './distribution-head';
import { rowTemplate } from './distribution-row';
import { distributionStyles } from './distribution-styles';
import { type RowData, type RowSource, readRow, rowsOfIds } from './row-data';
import { scalesOf } from './scales';
import { TokenFinder } from './token-finder';

/**
 * The candidates for the next token on two axes, raw logit and share, with what was cut and by whom. Give it a ready-made
 * `table`, or `logits` with what belongs to them. A click on a row is `nt-candidate-choose`.
 */
export class NtDistribution extends NtElement {
  static override styles = [...NtElement.styles, distributionStyles, constraintStyles];
  static override properties = {
    table: { attribute: false },
    logits: { attribute: false },
    tokenizer: { attribute: false },
    processors: { attribute: false },
    context: { attribute: false },
    top: { type: Number },
    orderBy: { attribute: 'order-by' },
    chosen: { type: Number },
    chosenMark: { attribute: 'chosen-mark' },
    scale: { reflect: true },
    stages: { type: Boolean, reflect: true },
    litStage: { attribute: 'lit-stage' },
    found: { attribute: false },
    heading: {},
    _stop: { state: true },
    _query: { state: true },
  };
  declare table: NextTokenTable | undefined;
  declare logits: Float32Array | undefined;
  declare tokenizer: Tokenizer | undefined;
  declare processors: Processors | undefined;
  declare context: Partial<ProcessorContext> | undefined;
  declare top: number;
  declare orderBy: 'logit' | 'score';
  declare chosen: number | undefined;
  declare chosenMark: string;
  declare scale: 'linear' | 'log';
  declare stages: boolean;
  declare litStage: string | undefined;
  declare found: readonly NextTokenRow[] | undefined;
  declare heading: string;
  /** The row that Tab comes to. */
  declare private _stop: number;
  declare private _query: string;
  #data: RowData | undefined;
  #error: string | undefined;
  #shown: unknown;
  #isSameRow = false;
  readonly #finder = new TokenFinder(this);

  constructor() {
    super();
    this.table = undefined;
    this.logits = undefined;
    this.tokenizer = undefined;
    this.processors = undefined;
    this.context = undefined;
    this.top = 14;
    this.orderBy = 'logit';
    this.chosen = undefined;
    this.chosenMark = 'next';
    this.scale = 'linear';
    this.stages = false;
    this.litStage = undefined;
    this.found = undefined;
    this.heading = 'Next token';
    this._stop = 0;
    this._query = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    const sources = ['table', 'logits', 'tokenizer', 'processors', 'context', 'top', 'orderBy', 'stages'];
    if (sources.some((name) => changed.has(name))) this.#read();
    if (changed.has('logits') || changed.has('tokenizer')) this.#searchHere();
  }

  get #source(): RowSource | undefined {
    const { logits, tokenizer, processors, context } = this;
    return logits && { logits, tokenizer, processors, context };
  }

  #read(): void {
    const source = this.#source;
    this.#error = undefined;
    const { top, orderBy, stages: withScores } = this;
    try {
      this.#data = this.table
        ? { table: this.table }
        : source && readRow(source, { top, orderBy, withScores });
    } catch (error) {
      this.#data = undefined;
      this.#error = error instanceof Error ? error.message : String(error);
    }
    const row = this.logits ?? this.#data?.table.entropy;
    this.#isSameRow = row !== undefined && row === this.#shown;
    this.#shown = row;
  }

  /** Rows that stand below the first ones: the chosen one where it is far, and what was searched for. */
  #farRows(table: NextTokenTable): readonly NextTokenRow[] {
    const shown = new Set(table.rows.map(({ id }) => id));
    const source = this.table ? undefined : this.#source;
    const chosen = this.chosen;
    const isFar = chosen !== undefined && !shown.has(chosen);
    if (!source) return (this._query && this.found ? this.found : []).filter(({ id }) => !shown.has(id));
    const ids = new Set([...(isFar ? [chosen] : []), ...this.#finder.found]);
    return rowsOfIds(
      source,
      [...ids].filter((id) => !shown.has(id) && id < source.logits.length),
    );
  }

  override render(): TemplateResult {
    const table = this.#data?.table;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${table ? `${formatNumber(table.entropy)} bits of raw entropy` : ''}</p>
        <slot name="actions"></slot>
      </div>
      ${this.#error ? html`<p class="error" role="alert">${this.#error}</p>` : nothing}
      ${table?.constraints?.map(constraintNote) ?? nothing}
      ${table ? this.#tableTemplate(table) : html`<slot name="empty"></slot>`}
    `;
  }

  /** The rows as an SVG file in the colours of the moment; `undefined` without rows. */
  toSvg(): string | undefined {
    const table = this.#data?.table;
    if (!table) return undefined;
    const rows = [...table.rows, ...this.#farRows(table)];
    const names = ['ink', 'soft', 'line', 'ghost', 'fill', 'accent', 'amber'] as const;
    const colours = Object.fromEntries(names.map((name) => [name, this.colour(`--${name}`)])) as Record<
      (typeof names)[number],
      string
    >;
    const marks = distributionDrawing(rows, scalesOf(rows, this.scale), this.chosen, colours);
    const title = captionOf(this.heading, table, this.chosenMark, this.chosen);
    return svgFile(drawingWidth, drawingHeight(rows.length), title, this.colour('--paper'), marks);
  }

  #tableTemplate(table: NextTokenTable): TemplateResult {
    const far = this.#farRows(table);
    const rows = [...table.rows, ...far];
    const scales = scalesOf(rows, this.scale);
    const stop = Math.min(this._stop, rows.length - 1);
    const stageNames = this.stages && this.#data?.scores ? (table.stages ?? []).map(({ name }) => name) : [];
    return html`
      <div class=${stageNames.length ? 'scroll' : ''}>
      <table part="table" @click=${this.#onClick} @keydown=${this.#onKey} @focusin=${this.#onPoint}
        @focusout=${this.#onLeave} @mouseover=${this.#onPoint} @mouseleave=${this.#onLeave}>
        <caption class="unseen">${captionOf(this.heading, table, this.chosenMark, this.chosen)}</caption>
        ${distributionHead(scales, stageNames)}
        <tbody class=${this.#isSameRow ? 'same-row' : ''}>
          ${repeat(
            rows,
            (_, index) => index,
            (row, index) =>
              rowTemplate({
                row,
                scales,
                scores: this.#data?.scores?.get(row.id),
                columns: stageNames.length,
                mark: row.id === this.chosen ? this.chosenMark : '',
                isLit: this.litStage !== undefined && row.removedBy === this.litStage,
                isCut:
                  index > 0 &&
                  row.removedBy !== undefined &&
                  rows[index - 1]!.removedBy !== row.removedBy &&
                  index < table.rows.length,
                isFar: index === table.rows.length,
                isStop: index === stop,
              }),
          )}
        </tbody>
      </table>
      </div>
      ${this.#othersTemplate(table, far)}
      <div class="controls" part="controls">
        <input type="search" placeholder="search a token…" aria-label="Search a token, by its text or id"
          .value=${this._query} @input=${this.#onSearch} spellcheck="false" autocomplete="off" autocapitalize="none" />
        <button type="button" aria-pressed=${this.scale === 'log'} title="Axis of the shares: linear or logarithmic"
          @click=${() => {
            this.scale = this.scale === 'log' ? 'linear' : 'log';
          }}>log scale</button>
        ${
          this.table || !this.processors
            ? nothing
            : html`<button type="button" aria-pressed=${this.stages}
          title="The score behind each processor" @click=${() => {
            this.stages = !this.stages;
          }}>each step</button>`
        }
      </div>
    `;
  }

  #othersTemplate(table: NextTokenTable, far: readonly NextTokenRow[]): TemplateResult {
    const { count, probability, share = probability } = table.others;
    const isShown = [...table.rows, ...far].some(({ id }) => id === this.chosen);
    const isHidden = this.chosen !== undefined && !isShown;
    return html`<p class="others" part="note">others: ${formatCount(count)} tokens, ${formatPercent(share)} %
      (raw ${formatPercent(probability)} %)${isHidden ? html` · <span class="warning">${this.chosenMark}: among them</span>` : nothing}
      ${this._query && !far.length ? html` · nothing else holds “${this._query}”` : nothing}</p>`;
  }

  #rowAt(event: Event): NextTokenRow | undefined {
    const line = (event.target as Element).closest<HTMLElement>('tr[data-id]');
    if (!line) return undefined;
    const { table } = this.#data ?? {};
    const id = Number(line.dataset.id);
    return table && [...table.rows, ...this.#farRows(table)].find((row) => row.id === id);
  }

  #onClick(event: Event): void {
    const row = this.#rowAt(event);
    if (row) this.emit('nt-candidate-choose', { id: row.id, token: row.token });
  }

  #onPoint(event: Event): void {
    const row = this.#rowAt(event);
    if (row) this.emit('nt-candidate-preview', { id: row.id });
  }

  #onLeave(): void {
    this.emit('nt-candidate-preview', { id: undefined });
  }

  #onKey(event: KeyboardEvent): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.take')];
    const index = buttons.indexOf(event.target as HTMLElement);
    if (index < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      void this.focusOn('input');
      return;
    }
    const next = nextIndex(event.key, index, buttons.length, vertical);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this._stop = next;
    buttons[next]?.focus();
  }

  #onSearch(event: Event): void {
    this._query = (event.target as HTMLInputElement).value;
    const isWanted = this.emit('nt-search', { query: this._query });
    if (isWanted) this.#searchHere();
  }

  #searchHere(): void {
    void this.#finder.look(this._query, this.table ? undefined : this.logits, this.tokenizer);
  }
}

define('nt-distribution', NtDistribution);

declare global {
  interface HTMLElementTagNameMap {
    'nt-distribution': NtDistribution;
  }
}
