import {
  type ModuleRow,
  type ModuleTreeNode,
  type ModuleTreeParameter,
  moduleRows,
} from '@nexttoken/inspector';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { formatBytes, formatCount, formatParameters, formatPercent } from '../element/format';
import { nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { vars } from '../element/vars';
import { moduleTreeStyles } from './module-tree-styles';

const tensorText = ({ name, shape, dtype }: ModuleTreeParameter): string =>
  `${name} [${shape.join(', ')}]${dtype === null ? '' : ` ${dtype}`}`;

/** A model's modules as an indented table: types, tensors, parameters and bytes, with bars of their share. */
export class NtModuleTree extends NtElement {
  static override styles = [...NtElement.styles, moduleTreeStyles];
  static override properties = {
    root: { attribute: false },
    sizeBy: { attribute: 'size-by' },
    unfolded: { type: Boolean, reflect: true },
    selected: {},
    heading: {},
    _open: { state: true },
    _search: { state: true },
  };
  declare root: ModuleTreeNode | undefined;
  declare sizeBy: 'parameters' | 'bytes';
  declare unfolded: boolean;
  declare selected: string | undefined;
  declare heading: string;
  declare private _open: ReadonlySet<string>;
  declare private _search: string;
  #rows: readonly ModuleRow[] = [];

  constructor() {
    super();
    this.root = undefined;
    this.sizeBy = 'parameters';
    this.unfolded = false;
    this.selected = undefined;
    this.heading = 'Modules';
    this._open = new Set();
    this._search = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { root, unfolded, _search: search } = this;
    if (changed.has('root') && root) {
      const [first] = root.children;
      this._open = new Set([root.path, ...(first ? [first.path] : [])]);
    }
    if (!['root', 'unfolded', '_open', '_search'].some((name) => changed.has(name))) return;
    const options = search === '' ? { open: this._open } : { search };
    this.#rows = root ? moduleRows(root, { ...options, fold: !unfolded }) : [];
  }

  override render(): TemplateResult {
    const { root } = this;
    if (!root) return html`<slot name="empty"></slot>`;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${root.type} · ${formatCount(root.parameters)} parameters${
          root.bytes === null ? '' : ` · ${formatBytes(root.bytes)}`
        }</p>
      </div>
      <div class="controls" part="controls">
        <input type="search" placeholder="search a module…" aria-label="Search a module, by its path, type or tensors"
          .value=${live(this._search)} @input=${(event: Event) => {
            this._search = (event.target as HTMLInputElement).value;
          }} spellcheck="false" autocomplete="off" />
        <label>bars <select @change=${(event: Event) => {
          this.sizeBy = (event.target as HTMLSelectElement).value as 'parameters' | 'bytes';
        }}>${(['parameters', 'bytes'] as const).map(
          (name) => html`<option .selected=${name === this.sizeBy}>${name}</option>`,
        )}</select></label>
        <label><input type="checkbox" .checked=${live(!this.unfolded)} @change=${() => {
          this.unfolded = !this.unfolded;
        }} /> equal layers as one</label>
      </div>
      ${this.#table()}
    `;
  }

  #table(): TemplateResult {
    const stop = Math.max(
      0,
      this.#rows.findIndex(({ path }) => path === this.selected),
    );
    return html`<div class="scroll"><table part="table" role="treegrid" aria-label=${`${this.heading}: ${this.#rows.length} lines`}
      @click=${this.#onClick} @keydown=${this.#onKey}>
      <thead><tr><th scope="col">module</th><th scope="col" class="type">type</th><th scope="col" class="tensors">own tensors</th>
        <th scope="col" class="number">parameters</th><th scope="col" class="number">bytes</th><th scope="col" class="bar-cell">share of ${this.sizeBy}</th></tr></thead>
      <tbody>${repeat(
        this.#rows,
        ({ path, name }) => `${path} ${name}`,
        (row, index) => this.#line(row, index, index === stop),
      )}</tbody>
    </table></div>`;
  }

  #line(row: ModuleRow, index: number, isStop: boolean): TemplateResult {
    const { depth, path, name, type, count, tensors, parameters, bytes, hasChildren, isOpen, tiedTo } = row;
    const share = (this.sizeBy === 'bytes' ? row.byteShare : row.share) ?? 0;
    const twist = hasChildren ? (isOpen ? '▾' : '▸') : '';
    return html`<tr class=${path === this.selected ? 'selected' : ''} part="row" role="row" data-index=${index} tabindex=${isStop ? 0 : -1}
      aria-level=${depth + 1} aria-expanded=${hasChildren ? String(isOpen) : nothing} aria-selected=${path === this.selected} title=${path}>
      <td class="name" role="gridcell" ${vars({ '--depth': depth })}><span class="twist" aria-hidden="true">${twist}</span>${name || 'model'}${
        count > 1 ? html` <span class="count">× ${count}</span>` : ''
      }</td>
      <td class="type" role="gridcell" title=${row.arguments}>${type}</td>
      <td class="tensors" role="gridcell" title=${tensors.map(tensorText).join('\n')}>${tensors.map(tensorText).join(', ')}</td>
      <td class="number" role="gridcell" title=${formatCount(parameters)}>${tiedTo ? html`<abbr title=${`the same as ${tiedTo}`}>tied</abbr>` : formatParameters(parameters)}</td>
      <td class="number" role="gridcell">${bytes === null ? '?' : tiedTo ? '' : formatBytes(bytes)}</td>
      <td class="bar-cell" role="gridcell"><div class="bar" part="bar" role="img" aria-label=${`${formatPercent(share)} %`}><i ${vars({ '--size': share.toFixed(4) })}></i></div></td>
    </tr>`;
  }

  #select(index: number): void {
    const row = this.#rows[index];
    if (row && this.emit('nt-module-select', { path: row.path })) this.selected = row.path;
  }

  #toggle({ path, isOpen }: ModuleRow, wanted = !isOpen): void {
    const open = new Set(this._open);
    if (wanted) open.add(path);
    else open.delete(path);
    this._open = open;
  }

  #onClick(event: Event): void {
    const line = (event.target as Element).closest<HTMLElement>('tr[data-index]');
    if (!line) return;
    const index = Number(line.dataset.index);
    const row = this.#rows[index]!;
    this.#select(index);
    if (row.hasChildren && this._search === '') this.#toggle(row);
  }

  #onKey(event: KeyboardEvent): void {
    const line = (event.target as Element).closest<HTMLElement>('tr[data-index]');
    if (!line || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = Number(line.dataset.index);
    const row = this.#rows[index]!;
    const next = this.#go(event.key, row, index);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#select(next);
    void this.focusOn(`tr[data-index="${next}"]`);
  }

  /** Right opens, then goes in; left closes, then goes up. @returns the line to be on, if the key means any */
  #go(key: string, row: ModuleRow, index: number): number | undefined {
    const canOpen = row.hasChildren && this._search === '';
    if (key === 'ArrowRight' && canOpen) {
      if (row.isOpen) return index + 1;
      this.#toggle(row, true);
      return index;
    }
    if (key === 'ArrowLeft') {
      if (row.isOpen && canOpen) {
        this.#toggle(row, false);
        return index;
      }
      return this.#rows.findLastIndex(({ depth }, at) => at < index && depth < row.depth);
    }
    if (key === 'Enter' || key === ' ') {
      if (canOpen) this.#toggle(row);
      return index;
    }
    return nextIndex(key, index, this.#rows.length, vertical, 10);
  }
}

define('nt-module-tree', NtModuleTree);

declare global {
  interface HTMLElementTagNameMap {
    'nt-module-tree': NtModuleTree;
  }
}
