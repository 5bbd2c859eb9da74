import type { LensGrid } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatNumber, formatPercent } from '../element/format';

/** Every cell of the shown positions as a line. */
export function lensTable(grid: LensGrid, first: number, count: number): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
    <caption class="unseen">Every cell of the grid as a line</caption>
    <thead><tr><th scope="col">behind</th><th scope="col">layer</th><th scope="col">best</th><th scope="col" class="number">%</th>
      <th scope="col">output’s token</th><th scope="col" class="number">rank</th><th scope="col" class="number">entropy, bits</th><th scope="col" class="number">divergence, bits</th></tr></thead>
    <tbody>${grid.columns.slice(first, first + count).flatMap((column, place) =>
      grid.layers.map(({ name, cells }) => {
        const { top, final, entropy, divergence } = cells[first + place]!;
        return html`<tr><td class="token">${column.token}</td><td>${name}</td><td class="token">${top[0]?.token ?? ''}</td>
          <td class="number">${formatPercent(top[0]?.probability ?? 0)}</td><td class="token">${final.token}</td>
          <td class="number">${final.rank}</td><td class="number">${formatNumber(entropy, 2)}</td><td class="number">${formatNumber(divergence, 2)}</td></tr>`;
      }),
    )}</tbody>
  </table></div>`;
}
