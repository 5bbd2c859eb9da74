import type { LensCell, LensGrid, LensLayer } from '../lens/lens-data';
import { bar } from './bar';
import { fitPainted } from './fit-painted';
import { formatBits, formatCount, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { Paint, RenderOptions, Style } from './style';
import { fitText, textWidth } from './text-width';

/** One position: a line a layer with everything about its cell. */
function singleColumns(style: Style, sampled: boolean): Column<LensLayer>[] {
  const cellOf = ({ cells }: LensLayer): LensCell => cells[0]!;
  return [
    { header: 'layer', align: 'right', cell: ({ layer }) => String(layer), paint: () => style.quiet },
    { header: '', align: 'left', cell: ({ name }) => name, paint: () => style.quiet },
    {
      header: 'best',
      align: 'left',
      least: 8,
      cell: (layer) => cellOf(layer).top[0]!.token,
      paint: (layer) => (cellOf(layer).final.rank === 1 ? style.accent : undefined),
    },
    { header: 'p', align: 'right', cell: (layer) => formatProbability(cellOf(layer).top[0]!.probability) },
    { header: 'final', align: 'right', cell: (layer) => formatProbability(cellOf(layer).final.probability) },
    { header: 'rank', align: 'right', cell: (layer) => formatCount(cellOf(layer).final.rank) },
    { header: 'bits', align: 'right', cell: (layer) => formatBits(cellOf(layer).entropy) },
    { header: 'KL', align: 'right', cell: (layer) => formatBits(cellOf(layer).divergence) },
    ...(sampled
      ? [
          {
            header: 'kept',
            align: 'right' as const,
            cell: (layer: LensLayer) => formatCount(cellOf(layer).sampled?.kept ?? 0),
          },
        ]
      : []),
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 20,
      cell: (layer, width) => bar(cellOf(layer).final.probability, width),
      paint: () => style.accent,
    },
  ];
}

const cellWidth = 10;

function gridLines({ columns, layers }: LensGrid, width: number, style: Style): string[] {
  const names = Math.max(...layers.map(({ name }) => name.length));
  const fitting = Math.max(1, Math.floor((width - names) / (cellWidth + 2)));
  const first = Math.max(0, columns.length - fitting);
  const pad = (text: string): string => {
    const cut = fitText(text, cellWidth);
    return cut + ' '.repeat(cellWidth - textWidth(cut));
  };
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(names), ...cells].join('  ').trimEnd();
  const painted = (cell: LensCell): string => {
    const isFinal = cell.final.rank === 1;
    const paint: Paint = isFinal ? style.accent : style.quiet;
    return paint(pad(`${isFinal ? '*' : ' '}${cell.top[0]!.token}`));
  };
  const shown = columns.slice(first);
  return [
    ...(first > 0 ? [style.quiet(`the last ${shown.length} of ${columns.length} positions`)] : []),
    line(
      '',
      shown.map(({ token }) => style.heading(pad(token))),
    ),
    ...layers.map(({ name, cells }) => line(name, cells.slice(first).map(painted))),
    line(
      'settled',
      shown.map(({ settled }) => pad(String(settled))),
    ),
    style.quiet("* the best token is the output's; settled: the layer from which on it stays"),
  ];
}

/**
 * A logit lens for a terminal. One position: a line a layer with its best token, the final token's probability and rank,
 * entropy and KL to the output. Several: a grid of best tokens, as many of the last positions as fit.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderLensGrid(grid: LensGrid, options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  if (grid.columns.length !== 1)
    return gridLines(grid, width, style)
      .map((line) => fitPainted(line, width))
      .join('\n');
  const [{ token, first, settled, enters, survives } = grid.columns[0]!] = grid.columns;
  const sampled = grid.layers[0]!.cells[0]!.sampled !== undefined;
  const final = grid.layers.at(-1)!.cells[0]!.final;
  const facts = [
    `behind ${token} comes ${final.token}`,
    `first best in layer ${first}, settled from ${settled}`,
    `in the nucleus of ${grid.mass} from ${enters}`,
    ...(survives === undefined ? [] : [`left by the processors from ${survives}`]),
  ];
  const table = renderTable(singleColumns(style, sampled), grid.layers, width, style);
  return [...table, ...facts.map(style.quiet)].join('\n');
}
