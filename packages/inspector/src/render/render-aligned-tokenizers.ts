import type { AlignedSegment, AlignedTokenizations } from '../comparison/align-tokenizers';
import { visibleText } from '../token/visible-text';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

/**
 * Several tokenizers on one text for a terminal: a line a stretch, a column a tokenizer, tokens with `·` between them;
 * the counts below.
 *
 * @param names of the tokenizers, the columns' headers
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderAlignedTokenizers(
  { bytes, counts, segments }: AlignedTokenizations,
  names: readonly string[],
  options: RenderOptions = {},
): string {
  const { style, width } = resolveRendering(options);
  const columns: Column<AlignedSegment>[] = [
    {
      header: 'bytes',
      align: 'right',
      cell: ({ start, end }) => `${start}–${end}`,
      paint: () => style.quiet,
    },
    {
      header: 'text',
      align: 'left',
      least: 8,
      cell: ({ text }) => visibleText(text),
      paint: () => style.accent,
    },
    ...names.map(
      (name, side): Column<AlignedSegment> => ({
        header: name,
        align: 'left',
        least: 8,
        cell: ({ tokens }) => (tokens[side] ?? []).map(({ token }) => token).join(' · '),
      }),
    ),
  ];
  const sums = names.map((name, side) => {
    const count = counts[side] ?? 0;
    return style.quiet(
      `${name}: ${count} tokens, ${count === 0 ? '–' : (bytes / count).toFixed(2)} bytes a token`,
    );
  });
  return [...renderTable(columns, segments, width, style), ...sums].join('\n');
}
