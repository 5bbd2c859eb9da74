import type { AttentionHeadSummary, AttentionOverview } from '@nexttoken/inspector';
import { html, type TemplateResult } from 'lit';
import { formatNumber } from '../element/format';
import { vars } from '../element/vars';

export type HeadMeasure = 'sink' | 'self' | 'previous' | 'reach' | 'entropy';

export const headMeasures: readonly (readonly [name: HeadMeasure, label: string])[] = [
  ['sink', 'share of the first position'],
  ['self', 'share of itself'],
  ['previous', 'share of the one before'],
  ['reach', 'mean distance, tokens'],
  ['entropy', 'entropy, bits'],
];

function level(summary: AttentionHeadSummary, measure: HeadMeasure, { keys }: AttentionOverview): number {
  const value = summary[measure];
  if (measure === 'reach') return Math.min(1, value / Math.max(1, keys / 2));
  return Math.min(1, measure === 'entropy' ? value / Math.log2(Math.max(2, keys)) : value);
}

/** A head in words. */
const summaryText = ({ layer, head, sink, self, previous, reach, entropy }: AttentionHeadSummary): string =>
  `layer ${layer}, head ${head}: first ${formatNumber(sink * 100, 0)} %, itself ${formatNumber(self * 100, 0)} %, before ${formatNumber(previous * 100, 0)} %, reach ${formatNumber(reach)} tokens, entropy ${formatNumber(entropy)} bits`;

/** All heads in small, a line a layer; each shows one measure as a number and as a shade. */
export function overviewGrid(
  overview: AttentionOverview,
  measure: HeadMeasure,
  at: readonly [layer: number, head: number],
): TemplateResult {
  const { layers, heads, summaries } = overview;
  const scale = measure === 'reach' || measure === 'entropy' ? 1 : 100;
  return html`<div class="scroll"><div class="heads" role="grid" aria-label="Heads by layers" ${vars({ '--heads': heads })}>
    ${Array.from(
      { length: layers },
      (_, layer) =>
        html`<div role="row" class="contents"><span class="of" role="rowheader">layer ${layer}</span>${summaries
          .filter((summary) => summary.layer === layer)
          .map((summary) => {
            const isAt = summary.layer === at[0] && summary.head === at[1];
            return html`<span class="small" role="gridcell" tabindex=${isAt ? 0 : -1} aria-selected=${isAt} data-layer=${layer}
            data-head=${summary.head} title=${summaryText(summary)} aria-label=${summaryText(summary)}
            ${vars({ '--level': level(summary, measure, overview).toFixed(3) })}>${formatNumber(summary[measure] * scale, scale === 1 ? 1 : 0)}</span>`;
          })}</div>`,
    )}</div></div>`;
}
