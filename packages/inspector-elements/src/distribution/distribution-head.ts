import { html, type TemplateResult } from 'lit';
import { stageLabel } from '../sampling-settings/stage-controls';
import type { RowScales } from './scales';

/** The columns' names, and the ends of both axes. */
export function distributionHead(scales: RowScales, stageNames: readonly string[]): TemplateResult {
  return html`<thead><tr>
      <th scope="col" class="rank"><abbr title="Rank by raw logit">#</abbr></th>
      <th scope="col">token</th>
      <th scope="col" class="logit"><abbr title="What the model says, before anything reshapes it">raw logit</abbr>
        <span class="axis" aria-hidden="true"><span>${scales.logitEnds[0]}</span><span>${scales.logitEnds[1]}</span></span></th>
      ${stageNames.map((name) => html`<th scope="col" class="stage" title=${`Score behind ${stageLabel(name)}`}>${stageLabel(name)}</th>`)}
      <th scope="col" class="bar-cell"><abbr title="Probability after all processors; the pale bar behind it is the raw probability">share</abbr>
        <span class="axis" aria-hidden="true"><span>${scales.shareEnds[0]}</span><span>${scales.shareEnds[1]}</span></span></th>
      <th scope="col" class="percent">%</th>
    </tr></thead>`;
}
