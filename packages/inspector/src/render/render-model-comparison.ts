import type { ComparedSegment, ModelComparison } from '../comparison/comparison-data';
import { visibleText } from '../token/visible-text';
import { bar } from './bar';
import { formatBits, formatCount } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions, Style } from './style';

const bitsOf = (value: number | undefined): string => (value === undefined ? '' : formatBits(value));

function columnsOf(
  names: readonly [string, string],
  widest: number,
  style: Style,
): Column<ComparedSegment>[] {
  return [
    {
      header: 'text',
      align: 'left',
      least: 8,
      cell: ({ text }) => visibleText(text),
      paint: () => style.accent,
    },
    {
      header: 'tokens',
      align: 'right',
      cell: ({ pieces: [a, b] }) => (a.length === b.length ? String(a.length) : `${a.length}/${b.length}`),
    },
    { header: `${names[0]} bits`, align: 'right', cell: ({ bits }) => bitsOf(bits[0]) },
    { header: `${names[1]} bits`, align: 'right', cell: ({ bits }) => bitsOf(bits[1]) },
    {
      header: 'Δ',
      align: 'right',
      cell: ({ delta }) => (delta === undefined ? '' : `${delta > 0 ? '+' : ''}${formatBits(delta)}`),
    },
    { header: 'KL', align: 'right', cell: ({ divergence }) => bitsOf(divergence?.kl) },
    {
      header: 'guess',
      align: 'left',
      cell: ({ sameBest }) => (sameBest === undefined ? '' : sameBest ? 'same' : 'other'),
    },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 16,
      cell: ({ delta }, width) =>
        delta === undefined || widest === 0 ? '' : bar(Math.abs(delta) / widest, width),
      paint: ({ delta }) => ((delta ?? 0) > 0 ? style.warning : style.accent),
    },
  ];
}

/**
 * Two models on one text for a terminal: bits of each, the difference (positive: the second saw it coming better), the
 * divergence where there is one vocabulary, whether their guesses agree; totals below. Sides are called A and B.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderModelComparison(comparison: ModelComparison, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const { names, segments, bitsPerByte, tokens, alignment, meanKl, meanJs, divergences } = comparison;
  const finite = segments.map(({ delta }) => Math.abs(delta ?? 0)).filter(Number.isFinite);
  const table = renderTable(columnsOf(['A', 'B'], Math.max(0, ...finite), style), segments, width, style);
  const sides = names.map(
    (name, side) =>
      `${'AB'[side]} ${name}: ${formatCount(tokens[side]!)} tokens, ${bitsPerByte[side]!.toFixed(3)} bits per byte`,
  );
  const aligned = alignment === 'ids' ? 'the same tokens' : 'different tokens, aligned by bytes';
  const means = meanKl === undefined ? '' : `; mean KL ${formatBits(meanKl)}, JS ${formatBits(meanJs!)} bits`;
  const guesses = `${aligned}${means}; other guesses at ${divergences.length} of ${segments.length}`;
  return [...table, ...[...sides, guesses].map(style.quiet)].join('\n');
}
