import type { AblatedStage, ProcessorAblation } from '../ablation/ablation-data';
import { formatBits, formatCount, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

/**
 * An ablation for a terminal: what each processor keeps of the raw row by itself, what the chain keeps without it, how
 * many tokens only it removes, and how far the result moves without it.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderAblation(
  { stages, kept, entropy }: ProcessorAblation,
  options: RenderOptions = {},
): string {
  const { style, width } = resolveRendering(options);
  const columns: Column<AblatedStage>[] = [
    { header: 'processor', align: 'left', cell: ({ name }) => name, paint: () => style.accent },
    { header: 'alone keeps', align: 'right', cell: ({ alone }) => formatCount(alone.kept) },
    { header: 'cuts mass', align: 'right', cell: ({ alone }) => formatProbability(alone.removedMass) },
    { header: 'without it', align: 'right', cell: ({ without }) => formatCount(without.kept) },
    { header: 'only it cuts', align: 'right', cell: ({ without }) => formatCount(without.rescued) },
    { header: 'JS bits', align: 'right', cell: ({ without }) => without.js.toFixed(4) },
    {
      header: 'cut by it alone',
      align: 'left',
      least: 15,
      fillUpTo: 40,
      cell: ({ without }) => without.tokens.map(({ token }) => token).join(' '),
      paint: () => style.quiet,
    },
  ];
  const all = `the whole chain keeps ${formatCount(kept)}, ${formatBits(entropy)} bits`;
  return [...renderTable(columns, stages, width, style), style.quiet(all)].join('\n');
}
