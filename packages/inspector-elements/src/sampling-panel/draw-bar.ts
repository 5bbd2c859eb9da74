import { html, nothing, type TemplateResult } from 'lit';
import { formatPercent } from '../element/format';
import { vars } from '../element/vars';
import type { DrawReading } from '../sampling-settings/read-sampling';

/** Shares side by side in the order of the ids, as a draw walks through them, and where u points. */
export function drawBar(chosen: DrawReading, pointed: boolean): TemplateResult {
  const { draw, token, share, id, parts } = chosen;
  const isPointed = pointed && draw !== undefined;
  const label = isPointed
    ? `u = ${draw.toFixed(3)} points at ${token}, whose share is ${formatPercent(share)} %`
    : `${token} is taken, with a share of ${formatPercent(share)} %`;
  return html`<div class="cumulative" part="chart" role="img" aria-label=${label}>
    ${parts.map(
      (
        part,
      ) => html`<i class=${part.id === id ? 'part hit' : 'part'} title=${`${part.token} ${formatPercent(part.share)} %`}
        ${vars({ '--start': part.low.toFixed(5), '--size': part.share.toFixed(5) })}><span>${part.token}</span></i>`,
    )}
    ${isPointed ? html`<i class="needle" ${vars({ '--start': draw.toFixed(5) })}></i>` : nothing}
  </div>`;
}

/** The same as a table. */
export function drawTable({ parts, id }: DrawReading): TemplateResult {
  return html`<details class="twin"><summary>as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
    <caption class="unseen">Shares side by side, by id: which numbers u pick which token</caption>
    <thead><tr><th scope="col">token</th><th scope="col" class="number">share, %</th>
      <th scope="col" class="number">from u</th><th scope="col" class="number">to</th></tr></thead>
    <tbody>${parts.map(
      (part) => html`<tr><td class="token">${part.token}${part.id === id ? ' ← taken' : ''}</td>
        <td class="number">${formatPercent(part.share)}</td><td class="number">${part.low.toFixed(4)}</td>
        <td class="number">${part.high.toFixed(4)}</td></tr>`,
    )}</tbody></table></div></details>`;
}
