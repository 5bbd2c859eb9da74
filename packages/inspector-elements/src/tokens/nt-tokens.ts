import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { define } from '../element/define';
import { formatNumber } from '../element/format';
import { horizontal, nextIndex } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { vars } from '../element/vars';
import { type AlignedPiece, type AlignedSegment, alignTokenizations } from './align';
import type { Tokenization } from './tokenization';

const styles = css`
  table {
    width: auto;
    margin-bottom: 12px;
  }

  td,
  th {
    padding-right: 24px;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 12px 4px;
  }

  .segment {
    display: grid;
    grid-template-columns: repeat(var(--columns), auto);
    grid-auto-rows: minmax(28px, auto);
    gap: 4px;
  }

  .piece {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    grid-row: var(--row-at);
    grid-column: var(--from) / var(--to);
    min-height: 28px;
    padding: 2px 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--raised);
    font: 13px / 1.3 var(--mono);
    white-space: pre;
  }

  .differs .piece {
    border-color: var(--line-strong);
    background: var(--accent-faint);
  }

  .piece.special {
    border-style: dashed;
    color: var(--soft);
  }

  .id {
    color: var(--soft);
    font-size: 11px;
  }

  .piece:focus-visible {
    outline-offset: -1px;
  }
`;

/** One text as two or more tokenizers cut it, aligned by bytes: where they differ, the background is another. */
export class NtTokens extends NtElement {
  static override styles = [...NtElement.styles, styles];
  static override properties = {
    tokenizations: { attribute: false },
    showIds: { type: Boolean, attribute: 'show-ids' },
    _stop: { state: true },
  };
  declare tokenizations: readonly Tokenization[];
  declare showIds: boolean;
  /** Row and token that Tab comes to. */
  declare private _stop: readonly [row: number, index: number];
  #segments: readonly AlignedSegment[] = [];

  constructor() {
    super();
    this.tokenizations = [];
    this.showIds = false;
    this._stop = [0, 0];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('tokenizations')) return;
    this.#segments = alignTokenizations(this.tokenizations);
    const [row, index] = this._stop;
    if (!this.tokenizations[row]?.pieces[index]) this._stop = [0, 0];
  }

  override render(): TemplateResult {
    const { tokenizations } = this;
    if (tokenizations.length === 0) return html`<slot name="empty"></slot>`;
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Counts">${this.#counts()}</div>
      <div class="segments" part="chart" role="group" aria-label=${`The text as ${tokenizations
        .map(({ name, pieces }) => `${name} cuts it into ${pieces.length} tokens`)
        .join(', ')}`} @keydown=${this.#onKey}>
        ${this.#segments.map((segment) => this.#segment(segment))}
      </div>
    `;
  }

  #counts(): TemplateResult {
    return html`<table part="table">
      <caption class="unseen">Tokenizers, and how many tokens each needs</caption>
      <thead><tr><th scope="col">row</th><th scope="col">tokenizer</th><th scope="col" class="number">tokens</th>
        <th scope="col" class="number">special</th><th scope="col" class="number">bytes a token</th></tr></thead>
      <tbody>${this.tokenizations.map(({ name, pieces }, row) => {
        const own = pieces.filter(({ special }) => !special);
        const bytes = own.reduce((sum, piece) => sum + piece.bytes, 0);
        return html`<tr><td>${row + 1}</td><th scope="row">${name}</th><td class="number">${pieces.length}</td>
          <td class="number">${pieces.length - own.length}</td>
          <td class="number">${own.length ? formatNumber(bytes / own.length, 2) : '–'}</td></tr>`;
      })}</tbody>
    </table>`;
  }

  #segment(segment: AlignedSegment): TemplateResult {
    const differs = segment.columns > 1 || new Set(segment.rows.map(({ length }) => length)).size > 1;
    return html`<div class=${differs && segment.end > segment.start ? 'segment differs' : 'segment'}
      ${vars({ '--columns': segment.columns })}>${segment.rows.map((row, at) =>
        row.map((aligned) => this.#piece(aligned, at)),
      )}</div>`;
  }

  #piece({ piece, index, from, to }: AlignedPiece, row: number): TemplateResult {
    const { name } = this.tokenizations[row]!;
    const [stopRow, stop] = this._stop;
    return html`<button type="button" class=${piece.special ? 'piece special' : 'piece'} part="token"
      data-row=${row} data-index=${index} tabindex=${row === stopRow && index === stop ? 0 : -1}
      title=${`${name} · id ${piece.id} · ${piece.bytes} bytes`}
      ${vars({ '--row-at': row + 1, '--from': from + 1, '--to': Math.max(to, from + 1) + 1 })}
      @click=${() => this.emit('nt-piece-select', { tokenization: row, index })}
      @focus=${() => {
        this._stop = [row, index];
      }}><span class="unseen">${name}: </span>${piece.token}${this.showIds ? html`<span class="id">${piece.id}</span>` : ''}</button>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [row, index] = this._stop;
    const count = this.tokenizations[row]?.pieces.length ?? 0;
    const along = nextIndex(event.key, index, count, horizontal);
    const across = { ArrowUp: row - 1, ArrowDown: row + 1 }[event.key];
    if (along === undefined && across === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = along === undefined ? this.#inRow(across!, row, index) : ([row, along] as const);
    if (!next) return;
    this._stop = next;
    void this.focusOn(`[data-row="${next[0]}"][data-index="${next[1]}"]`);
  }

  /** The token of another row in the same segment. */
  #inRow(to: number, row: number, index: number): readonly [number, number] | undefined {
    const segment = this.#segments.find(({ rows }) => rows[row]?.some((aligned) => aligned.index === index));
    const found = segment?.rows[to]?.[0];
    return found && [to, found.index];
  }
}

define('nt-tokens', NtTokens);

declare global {
  interface HTMLElementTagNameMap {
    'nt-tokens': NtTokens;
  }
}
