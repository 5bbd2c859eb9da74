import type { OrderDifference, OrderLab, OrderResult } from '../order-lab/order-lab-data';
import { formatBits, formatCount, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

const resultLine = ({ name, stages, kept, entropy, best }: OrderResult): string =>
  `${name}: ${stages.map((stage) => stage.name).join(' → ') || 'nothing'}: keeps ${formatCount(kept)}, ${formatBits(entropy)} bits, best ${best.token} ${formatProbability(best.share)}`;

/**
 * Two orders of the same processors for a terminal: what each leaves, then the tokens that only one of them leaves, with
 * the stage that removes them in the other and what ran before it.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderOrderLab(lab: OrderLab, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { orders, differences, differing, js, moved } = lab;
  const columns: Column<OrderDifference>[] = [
    { header: 'token', align: 'left', least: 8, cell: ({ token }) => token, paint: () => style.accent },
    { header: 'probability', align: 'right', cell: ({ probability }) => formatProbability(probability) },
    {
      header: 'left by',
      align: 'left',
      least: 8,
      cell: ({ removedIn }) => orders[removedIn === 0 ? 1 : 0].name,
    },
    { header: 'share', align: 'right', cell: ({ shares }) => formatProbability(Math.max(...shares)) },
    { header: 'removed by', align: 'left', cell: ({ removedBy }) => removedBy, paint: () => style.warning },
    { header: 'behind', align: 'left', least: 8, cell: ({ because }) => because.join(', ') },
  ];
  const more = differing[0] + differing[1] - differences.length;
  return [
    ...orders.map(resultLine),
    ...(differences.length > 0
      ? renderTable(columns, differences, width, style)
      : ['both leave the same tokens']),
    ...(more > 0 ? [style.quiet(`and ${formatCount(more)} more`)] : []),
    style.quiet(`JS ${js.toFixed(4)} bits, ${formatProbability(moved)} of the mass moved`),
  ].join('\n');
}
