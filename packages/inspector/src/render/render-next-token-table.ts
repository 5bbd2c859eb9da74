import type { NextTokenRow, NextTokenTable, TracedStage } from '../next-token/next-token-table-data';
import { visibleText } from '../token/visible-text';
import { bar } from './bar';
import { constraintLines } from './constraint-lines';
import { formatBits, formatCount, formatLogit, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { Paint, RenderOptions, Style } from './style';
import { fitText } from './text-width';

function nextTokenColumns(processed: boolean, style: Style): Column<NextTokenRow>[] {
  const struck = (row: NextTokenRow): Paint | undefined =>
    row.removedBy === undefined ? undefined : style.removed;
  const columns: Column<NextTokenRow>[] = [
    { header: 'rank', align: 'right', cell: (row) => String(row.rank), paint: () => style.quiet },
    { header: 'token', align: 'left', cell: (row) => row.token, least: 8, paint: struck },
    { header: 'id', align: 'right', cell: (row) => String(row.id), paint: () => style.quiet },
    { header: 'logit', align: 'right', cell: (row) => formatLogit(row.logit) },
    { header: 'probability', align: 'right', cell: (row) => formatProbability(row.probability) },
  ];
  if (processed) {
    columns.push(
      { header: 'score', align: 'right', cell: (row) => formatLogit(row.score ?? row.logit), paint: struck },
      {
        header: 'share',
        align: 'right',
        cell: (row) => (row.removedBy === undefined ? formatProbability(row.share ?? 0) : '-'),
      },
      {
        header: 'removed by',
        align: 'left',
        cell: (row) => row.removedBy ?? '',
        least: 10,
        paint: () => style.warning,
      },
    );
  }
  columns.push({
    header: '',
    align: 'left',
    least: 4,
    fillUpTo: 30,
    cell: (row, width) => bar(row.share ?? row.probability, width),
    paint: () => style.accent,
  });
  return columns;
}

function stageLine({ name, parameters, kept, removed, entropy }: TracedStage): string {
  const shown = Object.entries(parameters)
    .filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${key} ${value}`);
  const settings = shown.length > 0 ? ` (${visibleText(shown.join(', ')).replaceAll('␣', ' ')})` : '';
  return `${name}${settings}: keeps ${formatCount(kept)}, cuts ${formatCount(removed)}, entropy ${formatBits(entropy)} bits`;
}

/**
 * A next-token table for a terminal: rank, token, id, logit, probability (with processors: score, share, and
 * the stage that removed the token), a bar; below it the other tokens, the entropy, the stages.
 *
 * @returns lines without a line feed at the end, none longer than `width` (as far as the columns can shrink)
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderNextTokenTable(table: NextTokenTable, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { rows, others, stages, constraints = [] } = table;
  const lines = renderTable(nextTokenColumns(stages !== undefined, style), rows, width, style);
  const share = others.share === undefined ? '' : `, share ${formatProbability(others.share)}`;
  lines.push(
    style.quiet(
      `others: ${formatCount(others.count)} ${others.count === 1 ? 'token' : 'tokens'}, ${formatProbability(others.probability)}${share}`,
    ),
  );
  lines.push(style.quiet(`entropy: ${formatBits(table.entropy)} bits`));
  for (const line of constraints.flatMap(constraintLines)) lines.push(style.quiet(fitText(line, width)));
  for (const stage of stages ?? []) lines.push(style.quiet(stageLine(stage)));
  return lines.join('\n');
}
