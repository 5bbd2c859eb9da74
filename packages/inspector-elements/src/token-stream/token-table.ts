import { html, type TemplateResult } from 'lit';
import { formatNumber, formatPercent, formatSigned } from '../element/format';
import type { StreamToken } from './stream-token';

type Column = readonly [head: string, cell: (token: StreamToken) => string | undefined];

const columns: readonly Column[] = [
  ['surprisal, bits', ({ surprisal }) => (surprisal === undefined ? undefined : formatNumber(surprisal, 2))],
  ['raw %', ({ surprisal }) => (surprisal === undefined ? undefined : formatPercent(2 ** -surprisal))],
  ['rank', ({ rank }) => rank?.toString()],
  ['entropy, bits', ({ entropy }) => (entropy === undefined ? undefined : formatNumber(entropy, 2))],
  ['share, %', ({ share }) => (share === undefined ? undefined : formatPercent(share))],
  ['Δ, bits', ({ delta }) => (delta === undefined ? undefined : formatSigned(delta, 2))],
];

/** The same text as a table: what the underlines say in numbers. */
export function tokenTable(tokens: readonly StreamToken[], selected: number | undefined): TemplateResult {
  const shown = columns.filter(([, cell]) => tokens.some((token) => cell(token) !== undefined));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
    <caption class="unseen">Tokens of the text, one a line</caption>
    <thead><tr><th scope="col">#</th><th scope="col">token</th><th scope="col">id</th>${shown.map(
      ([head]) => html`<th scope="col" class="number">${head}</th>`,
    )}</tr></thead>
    <tbody>${tokens.map(
      (token, index) => html`<tr data-index=${index} class=${index === selected ? 'selected' : ''}>
        <td class="number">${index}</td>
        <td class="token"><button type="button" class="link token">${token.token}</button></td>
        <td class="number">${token.id}</td>
        ${shown.map(([, cell]) => html`<td class="number">${cell(token) ?? ''}</td>`)}
      </tr>`,
    )}</tbody>
  </table></div>`;
}
