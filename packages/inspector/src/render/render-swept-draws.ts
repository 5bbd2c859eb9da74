import type { SweptDraw } from '../counterfactual/counterfactual-data';
import { bar } from './bar';
import { formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

/**
 * A slider under the same luck for a terminal: for each value the token that is picked, `flips` where it is another one,
 * and its share.
 *
 * @param name of the slider, the first column's header
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderSweptDraws(
  name: string,
  swept: readonly SweptDraw[],
  options: RenderOptions = {},
): string {
  const { style, width } = resolveRendering(options);
  const columns: Column<SweptDraw>[] = [
    { header: name, align: 'right', cell: ({ value }) => String(value), paint: () => style.quiet },
    { header: 'token', align: 'left', least: 8, cell: ({ token }) => token, paint: () => style.accent },
    { header: '', align: 'left', cell: ({ flips }) => (flips ? 'flips' : ''), paint: () => style.warning },
    { header: 'share', align: 'right', cell: ({ share }) => formatProbability(share) },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 30,
      cell: ({ share }, cells) => bar(share, cells),
      paint: () => style.accent,
    },
  ];
  return renderTable(columns, swept, width, style).join('\n');
}
