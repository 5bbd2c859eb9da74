import type {
  AttentionHeadSummary,
  AttentionHeadView,
  AttentionOverview,
  AttentionRow,
} from '../attention/attention-data';
import { bar } from './bar';
import { formatBits, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';
import { textWidth } from './text-width';

/** As many of the keys as fit, whole ones only, and how many are left out. */
function listEntries({ entries, rest }: AttentionRow, width: number): string {
  let list = '';
  let shown = 0;
  for (const { key, token, weight } of entries) {
    const next = `${list}${list === '' ? '' : '  '}${token}·${key} ${formatProbability(weight)}`;
    if (shown > 0 && textWidth(next) > width - 6) break;
    list = next;
    shown++;
  }
  const more = entries.length - shown + rest;
  return more > 0 ? `${list}  +${more}` : list;
}

function rowColumns(style: Style): Column<AttentionRow>[] {
  return [
    {
      header: 'position',
      align: 'right',
      cell: ({ position }) => String(position),
      paint: () => style.quiet,
    },
    { header: 'token', align: 'left', least: 8, cell: ({ token }) => token, paint: () => style.accent },
    { header: 'first', align: 'right', cell: ({ sink }) => formatProbability(sink) },
    { header: 'reach', align: 'right', cell: ({ reach }) => reach.toFixed(1) },
    { header: 'bits', align: 'right', cell: ({ entropy }) => formatBits(entropy) },
    { header: 'looks at', align: 'left', least: 16, fillUpTo: 100, cell: listEntries },
  ];
}

/**
 * One head for a terminal: for every position the keys that hold the mass (token·position and weight, `+n` for those
 * left out), the first position's share, the mean distance, the entropy.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderAttentionHead(view: AttentionHeadView, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const sink = view.ignoreFirst ? ', the first position left out' : '';
  const head = `layer ${view.layer}, head ${view.head}: the fewest keys that hold ${formatProbability(view.mass)}${sink}`;
  return [style.quiet(head), ...renderTable(rowColumns(style), view.rows, width, style)].join('\n');
}

/** All heads for a terminal, a line each: shares of the first, the own and the previous position, reach, entropy. */
export function renderAttentionOverview(overview: AttentionOverview, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const columns: Column<AttentionHeadSummary>[] = [
    { header: 'layer', align: 'right', cell: ({ layer }) => String(layer), paint: () => style.quiet },
    { header: 'head', align: 'right', cell: ({ head }) => String(head), paint: () => style.quiet },
    { header: 'first', align: 'right', cell: ({ sink }) => formatProbability(sink) },
    { header: 'self', align: 'right', cell: ({ self }) => formatProbability(self) },
    { header: 'previous', align: 'right', cell: ({ previous }) => formatProbability(previous) },
    { header: 'reach', align: 'right', cell: ({ reach }) => reach.toFixed(1) },
    { header: 'bits', align: 'right', cell: ({ entropy }) => formatBits(entropy) },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 20,
      cell: ({ reach }, cells) => bar(overview.keys > 1 ? reach / (overview.keys - 1) : 0, cells),
      paint: () => style.accent,
    },
  ];
  return renderTable(columns, overview.summaries, width, style).join('\n');
}
