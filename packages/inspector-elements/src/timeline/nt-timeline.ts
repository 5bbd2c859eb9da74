import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { define } from '../element/define';
import { formatNumber } from '../element/format';
import { horizontal, nextIndex } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { svgFile } from '../element/svg-file';
import { vars } from '../element/vars';
import { type Series, seriesOf, stepText } from './series';
import { drawingHeight, drawingWidth, timelineDrawing } from './timeline-drawing';
import type { TimelineStep } from './timeline-step';
import { timelineStyles } from './timeline-styles';

/** Fewer steps than this do not fill the width. */
const leastSteps = 24;

/** Surprisal, entropy and time over the steps of a run. Arrows move a cursor, Enter and a click select. */
export class NtTimeline extends NtElement {
  static override styles = [...NtElement.styles, timelineStyles];
  static override properties = {
    steps: { attribute: false },
    selected: { type: Number },
    view: { reflect: true },
    heading: {},
    _cursor: { state: true },
  };
  declare steps: readonly TimelineStep[];
  declare selected: number | undefined;
  declare view: 'chart' | 'table';
  declare heading: string;
  declare private _cursor: number | undefined;
  #series: readonly Series[] = [];

  constructor() {
    super();
    this.steps = [];
    this.selected = undefined;
    this.view = 'chart';
    this.heading = 'Steps';
    this._cursor = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('steps')) return;
    this.#series = seriesOf(this.steps);
    if (this._cursor !== undefined && this._cursor >= this.steps.length) this._cursor = undefined;
  }

  override render(): TemplateResult {
    const { steps, view } = this;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${this.#series
          .map(
            ({ label, unit, mean }) =>
              `${label} ${formatNumber(mean, mean < 100 ? 1 : 0)} ${unit} on average`,
          )
          .join(' · ')}</p>
        <slot name="actions"></slot>
        ${steps.length ? html`<button type="button" aria-pressed=${view === 'table'} @click=${this.#onView}>table</button>` : nothing}
      </div>
      ${steps.length === 0 ? html`<slot name="empty"></slot>` : view === 'table' ? this.#table() : this.#chart()}
    `;
  }

  get #at(): number {
    return this._cursor ?? this.selected ?? this.steps.length - 1;
  }

  #chart(): TemplateResult {
    const { steps } = this;
    const width = Math.max(steps.length, leastSteps);
    return html`<figure part="chart">
      <figcaption class="unseen">${this.#series.map(({ label }) => label).join(', ')} of ${steps.length} steps, from left to right.</figcaption>
      ${this.#marks(width)}
      <div class="strips" role="slider" tabindex="0" aria-label="Step" aria-orientation="horizontal" aria-valuemin="1"
        aria-valuemax=${steps.length} aria-valuenow=${this.#at + 1} aria-valuetext=${stepText(steps, this.#at)}
        @keydown=${this.#onKey} @mousemove=${this.#onMove} @mouseleave=${this.#onLeave} @click=${this.#onClick}
        @blur=${this.#onLeave}>
        ${this.#series.map((series) => this.#strip(series, width))}
      </div>
      <p class="readout note">${stepText(steps, this.#at)}</p>
    </figure>`;
  }

  /** The strips as an SVG file in the colours of the moment; `undefined` without steps. */
  toSvg(): string | undefined {
    const series = this.#series;
    if (series.length === 0) return undefined;
    const colours = {
      soft: this.colour('--soft'),
      line: this.colour('--line'),
      fill: this.colour('--fill'),
      accent: this.colour('--accent'),
    };
    const marks = timelineDrawing(series, this.steps.length, colours);
    const title = `${series.map(({ label }) => label).join(', ')} of ${this.steps.length} steps`;
    return svgFile(drawingWidth, drawingHeight(series.length), title, this.colour('--paper'), marks);
  }

  #strip({ label, unit, top, drawn, heights, path }: Series, width: number): TemplateResult {
    const { selected, _cursor: cursor } = this;
    const column = (at: number, name: string) =>
      svg`<rect class=${name} x=${at} y="0" width="1" height="1" />`;
    return html`<div class="strip">
      <span class="label">${label}<br />0 – ${formatNumber(top, top < 2 ? 1 : 0)} ${unit}</span>
      <svg viewBox="0 0 ${width} 1" preserveAspectRatio="none" aria-hidden="true">
        ${selected === undefined ? nothing : column(selected, 'chosen')}
        <line class="grid" x1="0" x2=${width} y1="0" y2="0" /><line class="grid" x1="0" x2=${width} y1="0.5" y2="0.5" />
        ${
          drawn === 'line'
            ? svg`<path d=${path} />`
            : heights.map((height, at) =>
                height === undefined
                  ? nothing
                  : svg`<rect class=${at === this.#at ? 'at' : ''} x=${at + 0.1} y=${1 - height} width="0.8" height=${height} />`,
              )
        }
        ${cursor === undefined ? nothing : svg`<line class="cursor" x1=${cursor + 0.5} x2=${cursor + 0.5} y1="0" y2="1" />`}
      </svg>
    </div>`;
  }

  #marks(width: number): TemplateResult | typeof nothing {
    const { steps } = this;
    if (!steps.some(({ marks }) => marks?.length)) return nothing;
    return html`<div class="marks">${steps.map((step, index) =>
      (step.marks ?? []).map(
        (mark) =>
          html`<span class="chip" ${vars({ '--at': ((index + 0.5) / width).toFixed(4) })}>${mark}</span>`,
      ),
    )}</div>`;
  }

  #table(): TemplateResult {
    const shown = this.#series;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
      <caption class="unseen">Steps of the run, one a line</caption>
      <thead><tr><th scope="col">step</th><th scope="col">token</th>${shown.map(
        ({ label, unit }) => html`<th scope="col" class="number">${label}, ${unit}</th>`,
      )}<th scope="col">marks</th></tr></thead>
      <tbody>${this.steps.map(
        (step, index) => html`<tr>
          <td>${index + 1}</td>
          <td class="token"><button type="button" class="link token" @click=${() => this.#select(index)}>${step.token}</button></td>
          ${shown.map(({ field }) => {
            const value = step[field];
            return html`<td class="number">${value === undefined ? '' : formatNumber(value, 2)}</td>`;
          })}
          <td>${(step.marks ?? []).join(', ')}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  #onView(): void {
    this.view = this.view === 'table' ? 'chart' : 'table';
  }

  #select(index: number): void {
    if (this.emit('nt-step-select', { index })) this.selected = index;
  }

  #look(index: number | undefined): void {
    if (index === this._cursor) return;
    this._cursor = index;
    this.emit('nt-step-preview', { index });
  }

  #indexOf(event: MouseEvent): number | undefined {
    const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
    if (!box || event.clientX < box.left) return undefined;
    const width = Math.max(this.steps.length, leastSteps);
    const index = Math.floor(((event.clientX - box.left) / box.width) * width);
    return index >= 0 && index < this.steps.length ? index : undefined;
  }

  #onMove(event: MouseEvent): void {
    this.#look(this.#indexOf(event));
  }

  #onLeave(): void {
    this.#look(undefined);
  }

  #onClick(event: MouseEvent): void {
    const index = this.#indexOf(event);
    if (index !== undefined) this.#select(index);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextIndex(event.key, this.#at, this.steps.length, horizontal, 10);
    if (next !== undefined) this.#look(next);
    else if (event.key === 'Enter') this.#select(this.#at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

define('nt-timeline', NtTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'nt-timeline': NtTimeline;
  }
}
