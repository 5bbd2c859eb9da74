import type { DrawHistogram } from '../counterfactual/counterfactual-data';
import { bar } from './bar';
import { formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

type Row = { readonly token: string } & Pick<DrawHistogram['rows'][number], 'share' | 'drawn' | 'expected'>;

/**
 * Draws beside what theory says, for a terminal: for each token its share, how often it should come, how often it came,
 * and a bar of the latter as long as the largest count allows.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderDrawHistogram(histogram: DrawHistogram, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { count, rows, others } = histogram;
  const most = Math.max(1, ...rows.map(({ drawn }) => drawn));
  const columns: Column<Row>[] = [
    { header: 'token', align: 'left', least: 8, cell: ({ token }) => token, paint: () => style.accent },
    { header: 'share', align: 'right', cell: ({ share }) => formatProbability(share) },
    { header: 'expected', align: 'right', cell: ({ expected }) => expected.toFixed(1) },
    { header: 'drawn', align: 'right', cell: ({ drawn }) => String(drawn) },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 40,
      cell: ({ drawn }, cells) => bar(drawn / most, cells),
      paint: () => style.accent,
    },
  ];
  const rest = { token: `${others.tokens} others`, expected: count * others.share, ...others };
  const shown: Row[] = others.tokens > 0 ? [...rows, rest] : [...rows];
  return renderTable(columns, shown, width, style).join('\n');
}
