import type { DrawHistogram } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatCount, formatNumber, formatPercent } from '../view/format';

/** Many draws from one row, beside what theory says: two bars a token, on one scale. */
export function drawsTable({ count, rows, others }: DrawHistogram): TemplateResult {
  const rest = { token: `${formatCount(others.tokens)} others`, expected: count * others.share, ...others };
  const shown = others.tokens > 0 ? [...rows, rest] : rows;
  const most = Math.max(1, ...shown.flatMap(({ drawn, expected }) => [drawn, expected]));
  const bar = (kind: string, value: number) =>
    html`<span class=${`ruler-bar ${kind}`} data-width=${(value / most).toFixed(4)}></span>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Draws beside theory"><table class="ngram-table" id="draws">
    <caption class="note">${formatCount(count)} tokens drawn from this row as the settings leave it; theory: the share times ${formatCount(count)}.</caption>
    <thead><tr><th scope="col">token</th><th scope="col">theory above, drawn below</th><th scope="col" class="number">share %</th>
      <th scope="col" class="number">theory</th><th scope="col" class="number">drawn</th></tr></thead>
    <tbody>${shown.map(
      ({ token, share, expected, drawn }) => html`<tr><th scope="row" class="token">${token}</th>
        <td class="ruler">${bar('neural', expected)}${bar('counts', drawn)}</td><td class="number">${formatPercent(share)}</td>
        <td class="number">${formatNumber(expected)}</td><td class="number">${formatCount(drawn)}</td></tr>`,
    )}</tbody></table></div>`;
}
