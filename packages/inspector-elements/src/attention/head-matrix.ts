import type { AttentionHeadView, AttentionRow } from '@nexttoken/inspector';
import { html, svg, type TemplateResult } from 'lit';
import { vars } from '../element/vars';
import { rowText } from './head-table';
import { weightGroups } from './weight-groups';

interface HeadMatrixEvents {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
}

/** Positions that look as lines, those that are looked at as columns, each weight a square. */
export function headMatrix(
  { rows, keys }: AttentionHeadView,
  row: AttentionRow | undefined,
  { onKey, onClick }: HeadMatrixEvents,
): TemplateResult {
  const at = row ? rows.indexOf(row) : 0;
  const words = row ? rowText(row) : '';
  const squares = rows.flatMap(({ entries }, line) =>
    entries.map(({ key, weight }) => [weight, `M${key} ${line}h1v1h-1z`] as const),
  );
  return html`<figure part="chart">
    <figcaption class="note">rows look, columns are looked at; first above and left. ${words}</figcaption>
    <svg class="matrix" viewBox="0 0 ${keys} ${rows.length}" role="slider" tabindex="0" aria-label="Position that looks"
      aria-orientation="vertical" aria-valuemin="0" aria-valuemax=${rows.length - 1} aria-valuenow=${at} aria-valuetext=${words}
      @keydown=${onKey} @click=${onClick}>
      ${weightGroups(squares).map(
        ({ weight, path }) =>
          svg`<path class="weight" d=${path} ${vars({ '--weight': weight.toFixed(3) })} />`,
      )}
      <rect class="row" x="0" y=${at} width=${keys} height="1" />
    </svg>
  </figure>`;
}
