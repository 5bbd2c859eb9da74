import type { LensGrid } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { formatPercent } from '../element/format';

/** From which layer on each position's output is first, among the likeliest, and left by the processors. */
export function lensFoot(grid: LensGrid, columns: LensGrid['columns']): TemplateResult {
  const nameOf = (layer: number) => grid.layers.find((each) => each.layer === layer)?.name ?? String(layer);
  return html`<tfoot>
    <tr><th scope="row"><abbr title="The first layer whose best token is the output’s">first right</abbr></th>${columns.map(
      ({ first }) => html`<td>${nameOf(first)}</td>`,
    )}</tr>
    <tr><th scope="row"><abbr title=${`The first layer in whose likeliest tokens, ${formatPercent(grid.mass)} % together, it is`}>enters top-p</abbr></th>${columns.map(
      ({ enters }) => html`<td>${nameOf(enters)}</td>`,
    )}</tr>
    ${
      columns.some(({ survives }) => survives !== undefined)
        ? html`<tr><th scope="row"><abbr title="The first layer in which the processors leave it">survives</abbr></th>${columns.map(
            ({ survives }) => html`<td>${survives === undefined ? '' : nameOf(survives)}</td>`,
          )}</tr>`
        : nothing
    }
  </tfoot>`;
}
