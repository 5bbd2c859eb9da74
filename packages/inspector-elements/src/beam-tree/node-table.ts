import type { BeamNode, BeamTree } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, formatPercent } from '../element/format';

/** A node's score as a sum: what it comes from, and what made it. */
export function nodeText(node: BeamNode, { lengthPenalty, nodes }: BeamTree): TemplateResult {
  const { token, probability, logProbability, diversity, cumulative, length, normalised, why, parent } = node;
  const before = parent === undefined ? 0 : nodes[parent]!.cumulative;
  const own = logProbability - diversity;
  return html`<p class="about"><strong class="token">${token}</strong> ${formatPercent(probability)} % · ${why}<br />
    <span class="sum">${formatNumber(before, 2)} ${formatNumber(own, 2)}${
      diversity === 0
        ? nothing
        : html` ${formatNumber(diversity, 2)} <abbr title="diversity penalty">(diversity)</abbr>`
    } = ${formatNumber(cumulative, 2)}; ÷ ${length}<sup>${formatNumber(lengthPenalty)}</sup> = ${formatNumber(normalised, 3)}</span></p>`;
}

/** Every candidate as a line: what the tree shows, in numbers. */
export function nodeTable(tree: BeamTree, shows: (node: BeamNode) => boolean): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
    <caption class="unseen">Candidates of the beam search, step by step</caption>
    <thead><tr><th scope="col">step</th>${tree.groups > 1 ? html`<th scope="col">group</th>` : nothing}<th scope="col">behind</th>
      <th scope="col">token</th><th scope="col" class="number">%</th><th scope="col" class="number">log p</th>
      <th scope="col" class="number">sum</th><th scope="col" class="number">score</th><th scope="col">what became of it</th></tr></thead>
    <tbody>${tree.nodes.filter(shows).map(
      (node) => html`<tr class=${node.fate === 'pruned' ? 'pruned-row' : ''}>
        <td>${node.step + 1}</td>${tree.groups > 1 ? html`<td>${node.group + 1}</td>` : nothing}
        <td class="token">${node.parent === undefined ? 'prompt' : tree.nodes[node.parent]!.token}</td>
        <td class="token">${node.token}</td><td class="number">${formatPercent(node.probability)}</td>
        <td class="number">${formatNumber(node.logProbability, 2)}</td><td class="number">${formatNumber(node.cumulative, 2)}</td>
        <td class="number">${formatNumber(node.normalised, 3)}</td><td>${node.why}</td></tr>`,
    )}</tbody>
  </table></div>`;
}
