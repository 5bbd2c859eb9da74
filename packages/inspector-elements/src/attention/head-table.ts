import type { AttentionHeadView, AttentionRow } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatNumber, formatPercent } from '../element/format';

/** What a position attends to, in words. */
export function rowText({ token, entries, rest, mass, sink }: AttentionRow): string {
  const strongest = entries.slice(0, 4).map((entry) => `${entry.token} ${formatPercent(entry.weight)} %`);
  const others = entries.length > 4 ? ` and ${entries.length - 4} more` : '';
  return `${token} looks at ${strongest.join(', ')}${others}; together ${formatPercent(mass)} %, ${rest} left out, first position ${formatPercent(sink)} %`;
}

/** Every position as a line. */
export function headTable({ rows }: AttentionHeadView): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
    <caption class="unseen">What each position attends to</caption>
    <thead><tr><th scope="col">#</th><th scope="col">position</th><th scope="col">looks at</th><th scope="col" class="number">left out</th>
      <th scope="col" class="number">first, %</th><th scope="col" class="number">reach</th><th scope="col" class="number">entropy, bits</th></tr></thead>
    <tbody>${rows.map(
      ({
        position,
        token,
        entries,
        rest,
        sink,
        reach,
        entropy,
      }) => html`<tr><td class="number">${position}</td><td class="token">${token}</td>
        <td class="token">${entries
          .slice(0, 6)
          .map((entry) => `${entry.token} ${formatPercent(entry.weight)}`)
          .join('  ')}${entries.length > 6 ? ' …' : ''}</td>
        <td class="number">${rest}</td><td class="number">${formatPercent(sink)}</td><td class="number">${formatNumber(reach)}</td>
        <td class="number">${formatNumber(entropy, 2)}</td></tr>`,
    )}</tbody>
  </table></div>`;
}
