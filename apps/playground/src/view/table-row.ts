import type { NextTokenRow } from '@nexttoken/inspector';
import { element } from '../dom/element';
import { formatNumber, formatPercent } from './format';
import { stageLabel } from './stage-label';

export interface RowScale {
  /** What a full bar means. */
  readonly fullShare: number;
  readonly lowestLogit: number;
  readonly highestLogit: number;
}

/** One line of the table; made once, filled again and again. */
export class TableRow {
  readonly element: HTMLTableRowElement;
  #id: number | undefined;
  readonly #rank = element('td', { class: 'rank' });
  readonly #token = element('button', { type: 'button', class: 'take' });
  readonly #mark = element('span', { class: 'mark' });
  readonly #logit = element('span', { class: 'number' });
  readonly #dot = element('i', { class: 'dot' });
  readonly #ghost = element('i', { class: 'ghost' });
  readonly #fill = element('i', { class: 'fill' });
  readonly #why = element('span', { class: 'why' });
  readonly #percent = element('td', { class: 'percent' });

  constructor(onTake: (id: number) => void) {
    const bar = element('div', { class: 'bar' }, this.#ghost, this.#fill, this.#why);
    this.element = element(
      'tr',
      {},
      this.#rank,
      element('td', { class: 'token-cell' }, this.#token, this.#mark),
      element('td', { class: 'logit' }, this.#logit, element('span', { class: 'track' }, this.#dot)),
      element('td', { class: 'bar-cell' }, bar),
      this.#percent,
    );
    this.#token.addEventListener('click', () => {
      if (this.#id !== undefined) onTake(this.#id);
    });
  }

  fill(row: NextTokenRow, scale: RowScale, mark: string): void {
    this.#id = row.id;
    const { share = row.probability, removedBy } = row;
    const raw = `raw ${formatPercent(row.probability)} %`;
    const why = removedBy === undefined ? '' : `${stageLabel(removedBy)} cut it`;
    this.element.classList.toggle('removed', removedBy !== undefined);
    this.element.classList.toggle('marked', mark !== '');
    this.element.title = `id ${row.id} · ${raw}`;
    this.#rank.textContent = String(row.rank);
    this.#token.textContent = row.token;
    const outcome = removedBy === undefined ? `share ${formatPercent(share)} %` : why;
    this.#token.setAttribute('aria-label', `Take ${row.token}: ${outcome}, ${raw}`);
    this.#mark.textContent = mark;
    this.#logit.textContent = formatNumber(row.logit);
    this.#why.textContent = why;
    this.#percent.textContent = removedBy === undefined ? formatPercent(share) : '–';
    const span = scale.highestLogit - scale.lowestLogit || 1;
    this.#dot.style.setProperty('--at', ((row.logit - scale.lowestLogit) / span).toFixed(4));
    this.#ghost.style.setProperty('--size', (row.probability / scale.fullShare).toFixed(4));
    this.#fill.style.setProperty('--size', (share / scale.fullShare).toFixed(4));
  }
}
