import type { AttentionHeadView, AttentionRow } from '@nexttoken/inspector';
import { html, svg, type TemplateResult } from 'lit';
import { formatPercent } from '../element/format';
import { vars } from '../element/vars';
import { lineHeight, linkPath, linkWidth } from './attention-drawing';
import { rowText } from './head-table';
import { weightGroups } from './weight-groups';

interface HeadLinesEvents {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClick: (event: Event) => void;
}

/** Positions on both sides, and lines between those that look and those that are looked at. */
export function headLines(
  { tokens, rows }: AttentionHeadView,
  row: AttentionRow | undefined,
  isLocked: boolean,
  { onKey, onClick }: HeadLinesEvents,
): TemplateResult {
  const shares = new Map(row?.entries.map(({ key, weight }) => [key, weight]));
  const own = new Map(rows.map((each) => [each.position, each]));
  return html`<figure part="chart">
    <figcaption class="unseen">${row ? rowText(row) : ''}</figcaption>
    <div class="lines">
      <div class="side from" role="listbox" tabindex="0" aria-label="Positions that look" aria-activedescendant=${`from-${row?.position}`}
        @keydown=${onKey} @click=${onClick}>${tokens.map((token, position) => {
          const looks = own.get(position);
          if (!looks) return html`<span role="presentation">${token}</span>`;
          return html`<span role="option" id=${`from-${position}`} data-position=${position} part="token"
            aria-selected=${looks === row} aria-label=${rowText(looks)}>${token}</span>`;
        })}</div>
      <svg class=${isLocked ? 'links locked' : 'links'} aria-hidden="true" preserveAspectRatio="none"
        viewBox="0 0 ${linkWidth} ${tokens.length * lineHeight}">${paths(
          rows.filter((each) => each !== row),
          '',
        )}${paths(row ? [row] : [], 'own')}</svg>
      <div class="side to" aria-hidden="true">${tokens.map((token, key) => {
        const weight = shares.get(key);
        if (weight === undefined) return html`<span>${token}</span>`;
        return html`<span class="hit" ${vars({ '--level': weight.toFixed(3) })}>${token} <span class="weight">${formatPercent(weight)} %</span></span>`;
      })}</div>
      <p class="about note">${row ? rowText(row) : ''}</p>
    </div>
  </figure>`;
}

function paths(rows: readonly AttentionRow[], kind: string) {
  const marks = rows.flatMap(({ position, entries }) =>
    entries.map(({ key, weight }) => [weight, linkPath(position, key)] as const),
  );
  return weightGroups(marks).map(
    ({ weight, path }) => svg`<path class=${kind} d=${path} ${vars({ '--weight': weight.toFixed(3) })} />`,
  );
}
