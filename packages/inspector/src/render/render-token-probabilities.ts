import type { TokenProbabilities, TokenProbabilityRow } from '../token-probabilities/token-probabilities';
import { bar } from './bar';
import { formatLogit, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';

function tokenColumns(style: Style): Column<TokenProbabilityRow>[] {
  return [
    { header: 'step', align: 'right', cell: ({ step }) => String(step), paint: () => style.quiet },
    { header: 'token', align: 'left', cell: ({ token }) => token, least: 8 },
    { header: 'id', align: 'right', cell: ({ id }) => String(id), paint: () => style.quiet },
    { header: 'logit', align: 'right', cell: ({ logit }) => formatLogit(logit) },
    { header: 'probability', align: 'right', cell: ({ probability }) => formatProbability(probability) },
    { header: 'score', align: 'right', cell: ({ score }) => formatLogit(score) },
    { header: 'share', align: 'right', cell: ({ share }) => formatProbability(share) },
    {
      header: 'Σ ln p',
      align: 'right',
      cell: ({ cumulativeLogProbability }) => formatLogit(cumulativeLogProbability),
    },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 20,
      cell: ({ probability }, width) => bar(probability, width),
      paint: () => style.accent,
    },
  ];
}

/**
 * Generated tokens for a terminal: step, token, id, raw logit and probability, processed score and share,
 * the log-probability so far, a bar of the probability.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderTokenProbabilities(table: TokenProbabilities, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { rows, logProbability, perplexity } = table;
  const lines = renderTable(tokenColumns(style), rows, width, style);
  const end = perplexity === undefined ? '' : `, perplexity ${perplexity.toFixed(3)}`;
  return [...lines, style.quiet(`log-probability: ${logProbability.toFixed(3)} nats${end}`)].join('\n');
}
