import type { PositionRow, PositionTable } from '../position/position-table';
import type { Alternative } from '../position/read-prediction';
import { formatBits, formatCount, formatLogit, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';
import { textWidth } from './text-width';

/** As many of the best alternatives as fit, whole ones only. */
function listAlternatives(alternatives: readonly Alternative[], width: number): string {
  let list = '';
  for (const { token, probability } of alternatives) {
    const next = `${list}${list === '' ? '' : '  '}${token} ${formatProbability(probability)}`;
    if (list !== '' && textWidth(next) > width) break;
    list = next;
  }
  return list;
}

function positionColumns(style: Style): Column<PositionRow>[] {
  const paint = ({ prediction }: PositionRow) => {
    if (!prediction) return undefined;
    if (prediction.rank === 1) return style.accent;
    return prediction.rank > 100 ? style.warning : undefined;
  };
  return [
    {
      header: 'position',
      align: 'right',
      cell: ({ position }) => String(position),
      paint: () => style.quiet,
    },
    { header: 'token', align: 'left', cell: ({ token }) => token, least: 8, paint },
    {
      header: 'logit',
      align: 'right',
      cell: ({ prediction }) => (prediction ? formatLogit(prediction.logit) : ''),
    },
    {
      header: 'probability',
      align: 'right',
      cell: ({ prediction }) => (prediction ? formatProbability(prediction.probability) : ''),
    },
    {
      header: 'rank',
      align: 'right',
      cell: ({ prediction }) => (prediction ? formatCount(prediction.rank) : ''),
      paint,
    },
    {
      header: 'bits',
      align: 'right',
      cell: ({ prediction }) => (prediction ? formatBits(prediction.surprisal) : ''),
    },
    {
      header: 'alternatives',
      align: 'left',
      least: 16,
      fillUpTo: 60,
      cell: ({ prediction }, width) => listAlternatives(prediction?.alternatives ?? [], width),
      paint: () => style.quiet,
    },
  ];
}

/**
 * A position table for a terminal: position, token, logit, probability, rank, surprisal in bits, the
 * best alternatives as far as they fit; below it loss, perplexity and bits per byte.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderPositionTable(table: PositionTable, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { rows, scored, negativeLogLikelihood, perplexity, bitsPerByte } = table;
  const summary = [
    `scored: ${formatCount(scored)} ${scored === 1 ? 'token' : 'tokens'}`,
    `loss: ${negativeLogLikelihood.toFixed(3)} nats`,
  ];
  if (perplexity !== undefined) summary.push(`perplexity: ${perplexity.toFixed(3)}`);
  if (bitsPerByte !== undefined) summary.push(`bits per byte: ${bitsPerByte.toFixed(3)}`);
  const lines = renderTable(positionColumns(style), rows, width, style);
  return [...lines, ...summary.map(style.quiet)].join('\n');
}
