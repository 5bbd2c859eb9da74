import type { LossGroup, LossTable } from '../loss/loss-data';
import { visibleText } from '../token/visible-text';
import { bar } from './bar';
import { formatBits, formatCount } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import { sparkline } from './sparkline';
import type { RenderOptions } from './style';

/**
 * Parts of a scored text for a terminal, each with its bits and a bar; below it the surprisal of all tokens as a line of
 * blocks, loss, perplexity and bits per byte of the whole table.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderLossGroups(
  groups: readonly LossGroup[],
  table: LossTable,
  options: RenderOptions = {},
): string {
  const { style, width } = resolveRendering(options);
  const most = Math.max(0, ...groups.map(({ surprisal }) => surprisal).filter(Number.isFinite));
  const columns: Column<LossGroup>[] = [
    {
      header: 'text',
      align: 'left',
      least: 12,
      cell: ({ text }) => visibleText(text),
      paint: () => style.accent,
    },
    {
      header: 'tokens',
      align: 'right',
      cell: ({ start, end }) => String(end - start),
      paint: () => style.quiet,
    },
    {
      header: 'bits',
      align: 'right',
      cell: ({ surprisal, scored }) => (scored > 0 ? formatBits(surprisal) : ''),
    },
    {
      header: 'bits/token',
      align: 'right',
      cell: ({ mean, scored }) => (scored > 0 ? formatBits(mean) : ''),
    },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 24,
      cell: ({ surprisal }, cells) => bar(most === 0 ? 0 : surprisal / most, cells),
      paint: () => style.accent,
    },
  ];
  const { scored, meanLoss, perplexity, bitsPerByte, rows } = table;
  const summary = [
    `scored: ${formatCount(scored)} ${scored === 1 ? 'token' : 'tokens'}`,
    `loss: ${meanLoss.toFixed(4)} nats a token`,
    `perplexity: ${perplexity.toFixed(3)}`,
    ...(bitsPerByte === undefined ? [] : [`bits per byte: ${bitsPerByte.toFixed(3)}`]),
  ];
  const line = sparkline(
    rows.map(({ surprisal }) => surprisal),
    width,
  );
  return [
    ...renderTable(columns, groups, width, style),
    style.accent(line),
    ...summary.map(style.quiet),
  ].join('\n');
}
