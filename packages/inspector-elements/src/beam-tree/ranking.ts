import { type BeamTree, rankBeamPaths } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatNumber } from '../element/format';

function change(rank: number, before: number): TemplateResult {
  if (rank === before) return html`<span class="note">=</span>`;
  const isUp = rank < before;
  return html`<span class=${isUp ? 'up' : 'down'}>${isUp ? '↑' : '↓'} from ${before}</span>`;
}

/** The texts by their scores under a length penalty, and how that moved them. */
export function ranking(tree: BeamTree, lengthPenalty: number): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
    <caption class="unseen">Texts ranked with length penalty ${formatNumber(lengthPenalty)}</caption>
    <thead><tr><th scope="col">#</th><th scope="col">moved</th><th scope="col">text</th><th scope="col" class="number">tokens</th>
      <th scope="col" class="number"><abbr title="Sum of the log-probabilities, in nats">log p</abbr></th>
      <th scope="col" class="number"><abbr title="log p divided by length to the power of the penalty">score</abbr></th></tr></thead>
    <tbody>${rankBeamPaths(tree, lengthPenalty).map(
      ({ rank, rankBefore, text, ids, logProbability, newScore }) => html`<tr>
        <td>${rank}</td><td>${change(rank, rankBefore)}</td><td class="text">${text}</td>
        <td class="number">${ids.length}</td><td class="number">${formatNumber(logProbability, 2)}</td>
        <td class="number">${formatNumber(newScore, 3)}</td></tr>`,
    )}</tbody>
  </table></div>`;
}
