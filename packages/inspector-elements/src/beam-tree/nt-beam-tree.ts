import type { BeamNode, BeamTree } from '@nexttoken/inspector';
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../element/define';
import { formatNumber, formatPercent } from '../element/format';
import { NtElement } from '../element/nt-element';
import { svgFile } from '../element/svg-file';
import { vars } from '../element/vars';
import { beamDrawing } from './beam-drawing';
import { beamTreeStyles } from './beam-tree-styles';
import { layoutTree, type PlacedLink, type PlacedNode, type TreeLayout } from './layout-tree';
import { neighbourOf } from './neighbour-of';
import { nodeTable, nodeText } from './node-table';
import { ranking } from './ranking';

/** With more nodes than this, what was pruned is left out at first. */
const manyNodes = 200;

/** The search as a tree from left to right: what was kept, what was pruned and why, and the texts ranked anew. */
export class NtBeamTree extends NtElement {
  static override styles = [...NtElement.styles, beamTreeStyles];
  static override properties = {
    tree: { attribute: false },
    selected: { type: Number },
    lengthPenalty: { type: Number, attribute: 'length-penalty' },
    widthBy: { attribute: 'width-by' },
    hidePruned: { type: Boolean, attribute: 'hide-pruned' },
    view: { reflect: true },
    heading: {},
  };
  declare tree: BeamTree | undefined;
  declare selected: number | undefined;
  declare lengthPenalty: number | undefined;
  declare widthBy: 'none' | 'probability';
  declare hidePruned: boolean;
  declare view: 'chart' | 'table';
  declare heading: string;
  #layout: TreeLayout | undefined;

  constructor() {
    super();
    this.tree = undefined;
    this.selected = undefined;
    this.lengthPenalty = undefined;
    this.widthBy = 'none';
    this.hidePruned = false;
    this.view = 'chart';
    this.heading = 'Beams';
  }

  readonly #shows = (node: BeamNode): boolean => !this.hidePruned || node.fate !== 'pruned';

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('tree')) {
      const { nodes = [] } = this.tree ?? {};
      if (nodes.length > manyNodes && !changed.has('hidePruned')) this.hidePruned = true;
      if (this.selected !== undefined && this.selected >= nodes.length) this.selected = undefined;
    }
    if (changed.has('tree') || changed.has('hidePruned'))
      this.#layout = this.tree && layoutTree(this.tree, this.#shows);
  }

  override render(): TemplateResult {
    const { tree } = this;
    if (!tree) return html`<slot name="empty"></slot>`;
    const penalty = this.lengthPenalty ?? tree.lengthPenalty;
    const pruned = tree.nodes.filter(({ fate }) => fate === 'pruned').length;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${tree.steps} steps · ${tree.nodes.length} candidates, ${pruned} pruned${
          tree.groups > 1 ? ` · ${tree.groups} groups` : ''
        }</p>
        <button type="button" aria-pressed=${this.view === 'table'} @click=${this.#onView}>table</button>
      </div>
      ${this.#controls(penalty)}
      ${this.view === 'table' ? nodeTable(tree, this.#shows) : this.#chart(tree)}
      ${ranking(tree, penalty)}
    `;
  }

  #controls(penalty: number): TemplateResult {
    return html`<div class="controls" part="controls">
      <label>length penalty <input type="range" min="-1" max="3" step="0.1" .value=${live(String(penalty))}
        aria-valuetext=${formatNumber(penalty)} @input=${this.#onPenalty} /> <span class="number">${formatNumber(penalty)}</span></label>
      <label><input type="checkbox" .checked=${live(!this.hidePruned)} @change=${() => {
        this.hidePruned = !this.hidePruned;
      }} /> what was pruned</label>
      <label><input type="checkbox" .checked=${live(this.widthBy === 'probability')} @change=${() => {
        this.widthBy = this.widthBy === 'probability' ? 'none' : 'probability';
      }} /> width: probability of the path</label>
    </div>`;
  }

  #chart(tree: BeamTree): TemplateResult {
    const { nodes, links, lanes, width, height } = this.#layout!;
    const selected = tree.nodes[this.#cursor];
    return html`<figure part="chart">
      <figcaption class="unseen">${this.#caption(tree)}</figcaption>
      <div class="scroll"><div class="canvas" role="tree" aria-label="Beam search, from the prompt on"
        @keydown=${this.#onKey} @click=${this.#onClick} ${vars({ '--width': width, '--height': height })}>
        <svg aria-hidden="true" width=${width} height=${height}>
          ${lanes.slice(1).map(({ top }) => svg`<line class="lane" x1="0" x2=${width} y1=${top - 8} y2=${top - 8} />`)}
          ${links.map((link) => this.#link(link))}
        </svg>
        ${nodes.map((placed) => this.#node(placed))}
      </div></div>
      ${selected ? nodeText(selected, tree) : nothing}
    </figure>`;
  }

  /** The tree as an SVG file in the colours of the moment; `undefined` without a tree. */
  toSvg(): string | undefined {
    if (!this.tree || !this.#layout) return undefined;
    const { width, height } = this.#layout;
    const names = ['ink', 'soft', 'line-strong', 'accent', 'raised'] as const;
    const [ink, soft, line, accent, paper] = names.map((name) => this.colour(`--${name}`));
    const colours = { ink: ink!, soft: soft!, line: line!, accent: accent!, paper: paper! };
    const marks = beamDrawing(this.#layout, colours, (link) => this.#thickness(link));
    return svgFile(width + 16, height + 16, this.#caption(this.tree), this.colour('--paper'), marks);
  }

  #thickness({ to, mass }: PlacedLink): number {
    const plain = to.result === undefined ? 1 : 2;
    return this.widthBy === 'probability' ? Math.max(0.75, (mass / this.#layout!.widest) * 14) : plain;
  }

  #caption({ results, texts, groups }: BeamTree): string {
    const best = results[0] ?? texts[0];
    return `Tree of ${groups > 1 ? `${groups} groups of ` : ''}beams, one column a step.${
      best ? ` The best text is “${best.text}”.` : ''
    }`;
  }

  #link(link: PlacedLink): unknown {
    const { to, path } = link;
    const thickness = this.#thickness(link);
    const kind = to.fate === 'pruned' ? 'pruned' : to.result === undefined ? '' : 'result';
    return svg`<path class=${kind} d=${path} stroke-width=${thickness} ${vars({ '--thickness': thickness })} />`;
  }

  #node({ node, x, y, width }: PlacedNode): TemplateResult {
    const { index, token, fate, result, step, probability, why } = node;
    const isStop = index === this.#cursor;
    const classes = [
      'node',
      fate,
      result === undefined ? '' : 'result',
      index === this.selected ? 'selected' : '',
    ];
    return html`<span class=${classes.filter(Boolean).join(' ')} part="token" role="treeitem" data-index=${index}
      tabindex=${isStop ? 0 : -1} aria-level=${step + 1} aria-selected=${index === this.selected}
      aria-label=${`${token}, ${formatPercent(probability)} %, ${why}${result === undefined ? '' : `, on the way to text ${result + 1}`}`}
      title=${`${formatPercent(probability)} % · ${why}`} ${vars({ '--x': x, '--y': y, '--w': width })}>${token}</span>`;
  }

  /** The node that Tab comes to: the selected one, else the best first one that is drawn. */
  get #cursor(): number {
    const { tree, selected } = this;
    if (selected !== undefined && tree?.nodes[selected] && this.#shows(tree.nodes[selected])) return selected;
    return (
      this.#layout?.nodes.find(({ node }) => node.result === 0)?.node.index ??
      this.#layout?.nodes[0]?.node.index ??
      -1
    );
  }

  #onView(): void {
    this.view = this.view === 'table' ? 'chart' : 'table';
  }

  #onPenalty(event: Event): void {
    const lengthPenalty = (event.target as HTMLInputElement).valueAsNumber;
    if (this.emit('nt-length-penalty-change', { lengthPenalty })) this.lengthPenalty = lengthPenalty;
  }

  #onClick(event: Event): void {
    const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
    if (index !== undefined) this.#select(Number(index));
  }

  #select(node: number): void {
    if (this.emit('nt-beam-select', { node })) this.selected = node;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbourOf(this.#layout?.nodes ?? [], this.#cursor, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#select(next);
    void this.focusOn(`[data-index="${next}"]`);
  }
}

define('nt-beam-tree', NtBeamTree);

declare global {
  interface HTMLElementTagNameMap {
    'nt-beam-tree': NtBeamTree;
  }
}
