import type { ComparedPiece, ComparedSegment, ModelComparison } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { define } from '../element/define';
import { formatNumber, formatPercent, formatSigned } from '../element/format';
import { horizontal, nextIndex } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { vars } from '../element/vars';
import { compareStyles } from './compare-styles';

const fullBits = 8;
const tokensOf = (pieces: readonly ComparedPiece[]): string => pieces.map(({ token }) => token).join(' ');
const bitsText = (bits: number | undefined): string => (bits === undefined ? '' : formatNumber(bits, 2));

/** Two models on one text, segment by segment: the tokens of each, the difference in bits, where their best guesses part. */
export class NtCompare extends NtElement {
  static override styles = [...NtElement.styles, compareStyles];
  static override properties = {
    comparison: { attribute: false },
    selected: { type: Number },
    view: { reflect: true },
    heading: {},
  };
  declare comparison: ModelComparison | undefined;
  declare selected: number | undefined;
  declare view: 'text' | 'table';
  declare heading: string;

  constructor() {
    super();
    this.comparison = undefined;
    this.selected = undefined;
    this.view = 'text';
    this.heading = 'Compare';
  }

  override render(): TemplateResult {
    const { comparison, view } = this;
    if (!comparison) return html`<slot name="empty"></slot>`;
    const { alignment, meanKl, meanJs } = comparison;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${alignment === 'ids' ? 'same tokens' : 'aligned by bytes'}${
          meanKl === undefined ? nothing : ` · KL ${formatNumber(meanKl, 2)} bits a token`
        }${meanJs === undefined ? nothing : ` · JS ${formatNumber(meanJs, 2)}`}</p>
        <slot name="actions"></slot>
        <button type="button" aria-pressed=${view === 'table'} @click=${() => {
          this.view = view === 'table' ? 'text' : 'table';
        }}>table</button>
      </div>
      ${this.#sums(comparison)}
      ${view === 'table' ? this.#table(comparison) : html`${this.#text(comparison)}${this.#chips(comparison)}${this.#about(comparison)}`}
    `;
  }

  #sums({ names, bits, bitsPerByte, tokens }: ModelComparison): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table class="sums" part="table">
      <caption class="unseen">Both sides over the whole text</caption>
      <thead><tr><th scope="col">row</th><th scope="col">model</th><th scope="col" class="number">tokens</th><th scope="col" class="number">bits</th><th scope="col" class="number">bits a byte</th></tr></thead>
      <tbody>${([0, 1] as const).map(
        (
          side,
        ) => html`<tr><td>${side + 1}</td><th scope="row">${names[side]}</th><td class="number">${tokens[side]}</td>
          <td class="number">${formatNumber(bits[side])}</td><td class="number">${formatNumber(bitsPerByte[side], 3)}</td></tr>`,
      )}</tbody>
    </table></div>`;
  }

  #text({ segments, names }: ModelComparison): TemplateResult {
    return html`<div class="segments" part="chart" role="listbox" aria-orientation="horizontal"
      aria-label=${`The text under ${names.join(' and ')}; below each part, bits of the first less bits of the second`}
      @click=${this.#onClick} @keydown=${this.#onKey}>${segments.map((segment, index) => this.#segment(segment, index))}</div>`;
  }

  #segment(segment: ComparedSegment, index: number): TemplateResult {
    const { pieces, delta, sameBest } = segment;
    const isStop = index === (this.selected ?? 0);
    const names = this.comparison!.names;
    const better = delta === undefined || Math.abs(delta) < 0.05 ? '' : delta > 0 ? 'b' : 'a';
    return html`<div class=${sameBest === false ? 'segment differs' : 'segment'} role="option" data-index=${index}
      tabindex=${isStop ? 0 : -1} aria-selected=${index === this.selected}>
      ${([0, 1] as const).map(
        (side) =>
          html`<div class="row"><span class="unseen">${names[side]}: </span>${pieces[side].map(
            ({
              token,
              bits,
              id,
            }) => html`<span class=${bits === undefined ? 'piece' : 'piece lined'} part="token"
            title=${`${names[side]} · id ${id}${bits === undefined ? '' : ` · ${formatNumber(bits, 2)} bits`}`}
            ${vars({ '--level': Math.min(1, (bits ?? 0) / fullBits).toFixed(3) })}>${token}</span>`,
          )}</div>`,
      )}
      <div class=${`delta ${better}`}>${delta === undefined ? '·' : formatSigned(delta)}<span class="unseen"> bits${
        sameBest === false ? ', best guesses differ' : ''
      }</span></div>
    </div>`;
  }

  #chips({ divergences, segments }: ModelComparison): TemplateResult {
    return html`<div class="chips" part="controls"><span class="note">${
      divergences.length ? 'best guesses differ at' : 'the best guesses are the same everywhere'
    }</span>${divergences.map(
      (index) =>
        html`<button type="button" @click=${() => this.#select(index)}>${segments[index]!.text.replaceAll(' ', '␣').replaceAll('\n', '⏎')}</button>`,
    )}</div>`;
  }

  #about({ segments, names }: ModelComparison): TemplateResult | typeof nothing {
    const segment = segments[this.selected ?? -1];
    if (!segment) return nothing;
    return html`<div class="sides">${([0, 1] as const).map((side) => {
      const [first] = segment.pieces[side];
      return html`<div><p class="note">${names[side]} expected here</p><table>
        <caption class="unseen">${names[side]}: best tokens at this place</caption>
        <thead><tr><th scope="col">token</th><th scope="col" class="number">%</th></tr></thead>
        <tbody>${(first?.alternatives ?? []).map(
          ({
            token,
            probability,
            id,
          }) => html`<tr><td class="token">${token}${id === first!.id ? ' ←' : ''}</td>
            <td class="number">${formatPercent(probability)}</td></tr>`,
        )}</tbody></table></div>`;
    })}</div>`;
  }

  #table({ segments, names }: ModelComparison): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
      <caption class="unseen">Segments of the text, one a line</caption>
      <thead><tr><th scope="col">text</th><th scope="col">${names[0]}</th><th scope="col" class="number">bits</th>
        <th scope="col">${names[1]}</th><th scope="col" class="number">bits</th><th scope="col" class="number">Δ</th><th scope="col">best guesses</th></tr></thead>
      <tbody>${segments.map(
        ({ text, pieces, bits, delta, sameBest }, index) => html`<tr>
          <td class="token"><button type="button" class="link token" @click=${() => this.#select(index)}>${text.replaceAll(' ', '␣').replaceAll('\n', '⏎')}</button></td>
          <td class="token">${tokensOf(pieces[0])}</td><td class="number">${bitsText(bits[0])}</td>
          <td class="token">${tokensOf(pieces[1])}</td><td class="number">${bitsText(bits[1])}</td>
          <td class="number">${delta === undefined ? '' : formatSigned(delta, 2)}</td>
          <td>${sameBest === undefined ? '' : sameBest ? 'same' : 'differ'}</td></tr>`,
      )}</tbody>
    </table></div>`;
  }

  #select(index: number): void {
    if (this.emit('nt-segment-select', { index })) this.selected = index;
  }

  #onClick(event: Event): void {
    const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
    if (index !== undefined) this.#select(Number(index));
  }

  #onKey(event: KeyboardEvent): void {
    const { comparison, selected } = this;
    if (!comparison || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = selected ?? 0;
    const jump = event.key === 'd' ? comparison.divergences.find((index) => index > at) : undefined;
    const next = jump ?? nextIndex(event.key, at, comparison.segments.length, horizontal, 10);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#select(next);
    void this.focusOn(`[data-index="${next}"]`);
  }
}

define('nt-compare', NtCompare);

declare global {
  interface HTMLElementTagNameMap {
    'nt-compare': NtCompare;
  }
}
