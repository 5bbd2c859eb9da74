import type { DrawHistogram } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatNumber, formatPercent } from '../view/format';

/** Many draws from one row, beside what theory says: two bars a token, on one scale. */
export function drawsTable({ count, rows, others }: DrawHistogram): TemplateResult {
  const rest = { token: `${formatCount(others.tokens)} others`, expected: count * others.share, ...others };
  const shown = others.tokens > 0 ? [...rows, rest] : rows;
  const most = Math.max(1, ...rows.flatMap(({ drawn, expected }) => [drawn, expected]));
  const bar = (kind: string, value: number) =>
    html`<span class=${`ruler-bar ${kind}`} data-width=${(value / most).toFixed(4)}></span>`;
  return html`<p class="note">${formatCount(count)} tokens drawn from this row as the settings leave it; theory: the share times ${formatCount(count)}.</p>
  <div class="scroll" tabindex="0" role="region" aria-label="Draws beside theory"><table class="ngram-table" id="draws">
    <thead><tr><th scope="col">token</th><th scope="col">theory above, drawn below</th><th scope="col" class="number">share %</th>
      <th scope="col" class="number">theory</th><th scope="col" class="number">drawn</th></tr></thead>
    <tbody>${shown.map(
      (one) => html`<tr><th scope="row" class="token">${one.token}</th>
        <td class="ruler">${one === rest ? nothing : [bar('neural', one.expected), bar('counts', one.drawn)]}</td>
        <td class="number">${formatPercent(one.share)}</td><td class="number">${formatNumber(one.expected)}</td>
        <td class="number">${formatCount(one.drawn)}</td></tr>`,
    )}</tbody></table></div>`;
}
