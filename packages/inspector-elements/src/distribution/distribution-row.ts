import type { NextTokenRow } from '@nexttoken/inspector';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, formatPercent } from '../element/format';
import { vars } from '../element/vars';
import { stageLabel } from '../sampling-settings/stage-controls';
import type { RowScales } from './scales';

/** How one row is drawn. */
export interface RowView {
  readonly row: NextTokenRow;
  readonly scales: RowScales;
  /** Scores behind the stages, where there are columns for them. */
  readonly scores: readonly number[] | undefined;
  readonly columns: number;
  /** `next`, `taken`, or ''. */
  readonly mark: string;
  readonly isLit: boolean;
  readonly isCut: boolean;
  /** Not among the first rows: its rank is far from theirs. */
  readonly isFar: boolean;
  readonly isStop: boolean;
}

/** What a row says in words. */
function outcomeOf({ removedBy, probability, share = probability }: NextTokenRow): string {
  return removedBy === undefined ? `share ${formatPercent(share)} %` : `${stageLabel(removedBy)} cut it`;
}

/** One line of the table; its button covers it. */
export function rowTemplate(view: RowView): TemplateResult {
  const { row, scales, scores, columns, mark, isStop } = view;
  const { id, token, rank, logit, probability, share = probability, removedBy } = row;
  const raw = `raw ${formatPercent(probability)} %`;
  const classes = [
    removedBy === undefined ? '' : 'removed',
    mark ? 'marked' : '',
    view.isLit ? 'lit' : '',
    view.isCut ? 'cut' : '',
    view.isFar ? 'far' : '',
  ];
  return html`
    <tr class=${classes.join(' ').trim()} part="row" data-id=${id} title=${`id ${id} · ${raw}`}>
      <td class="rank">${rank}</td>
      <td class="token-cell">
        <button class="take" part="token" type="button" tabindex=${isStop ? 0 : -1}
          aria-label=${`Take ${token}: ${outcomeOf(row)}, ${raw}${mark ? `, ${mark}` : ''}`}>${token}</button
        >${mark ? html`<span class="mark">${mark}</span>` : nothing}
      </td>
      <td class="logit"><span class="value">${formatNumber(logit)}</span
        ><span class="track"><i class="dot" ${vars({ '--at': scales.logit(logit).toFixed(4) })}></i></span></td>
      ${Array.from({ length: columns }, (_, stage) => stageCell(scores?.[stage]))}
      <td class="bar-cell"><div class="bar" part="bar">
        <i class="ghost" ${vars({ '--size': scales.share(probability).toFixed(4) })}></i>
        <i class="fill" ${vars({ '--size': scales.share(share).toFixed(4) })}></i>
        ${removedBy === undefined ? nothing : html`<span class="why">${stageLabel(removedBy)} cut it</span>`}
      </div></td>
      <td class="percent">${removedBy === undefined ? formatPercent(share) : '–'}</td>
    </tr>
  `;
}

function stageCell(score: number | undefined): TemplateResult {
  const text = score === undefined ? '' : score === Number.NEGATIVE_INFINITY ? 'cut' : formatNumber(score);
  return html`<td class="stage">${text}</td>`;
}
