import type { Paint, Style } from './style';
import { fitText, textWidth } from './text-width';

export interface Column<Row> {
  readonly header: string;
  readonly align: 'left' | 'right';
  /** The text of a cell, given the cells it may take (`Infinity` while widths are found). */
  cell(row: Row, width: number): string;
  /** Down to how many cells it may be cut when the lines are too long; missing: never cut. */
  readonly least?: number;
  /** Takes what is left of the line, up to this; such a column is left out when less than `least` is left. */
  readonly fillUpTo?: number;
  readonly paint?: (row: Row) => Paint | undefined;
}

const gap = 2;

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** How many cells each column gets; 0: it is left out. */
function columnWidths<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): number[] {
  const widths = columns.map(({ header, cell, fillUpTo }) =>
    fillUpTo === undefined
      ? Math.max(textWidth(header), ...rows.map((row) => textWidth(cell(row, Number.POSITIVE_INFINITY))))
      : 0,
  );
  const left = () => width + gap - widths.reduce((sum, cells) => sum + (cells > 0 ? cells + gap : 0), 0);
  for (const [index, { least, fillUpTo }] of columns.entries()) {
    if (least === undefined || fillUpTo !== undefined || left() >= 0) continue;
    widths[index] = Math.max(least, widths[index]! + left());
  }
  for (const [index, { least = 1, fillUpTo, header }] of columns.entries()) {
    if (fillUpTo === undefined) continue;
    const cells = Math.min(left() - gap, fillUpTo);
    if (cells >= Math.max(least, textWidth(header))) widths[index] = cells;
  }
  return widths;
}

/** Aligned columns, two cells apart: the line of headers, then one line a row, without spaces at the ends. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  style: Style,
): string[] {
  const widths = columnWidths(columns, rows, width);
  const shown = columns
    .map((column, index) => ({ column, cells: widths[index]! }))
    .filter(({ cells }) => cells > 0);

  function line(
    textOf: (column: Column<Row>, cells: number) => string,
    paintOf: (column: Column<Row>) => Paint,
  ): string {
    let result = '';
    let space = '';
    for (const { column, cells } of shown) {
      const padded = pad(fitText(textOf(column, cells), cells), cells, column.align);
      const text = padded.trim();
      const start = padded.indexOf(text);
      if (text !== '') {
        result += space + padded.slice(0, start) + paintOf(column)(text);
        space = '';
      }
      space += padded.slice(text === '' ? 0 : start + text.length) + ' '.repeat(gap);
    }
    return result;
  }

  const header = line(
    (column) => column.header,
    () => style.quiet,
  );
  const plain: Paint = (text) => text;
  return [
    header,
    ...rows.map((row) =>
      line(
        (column, cells) => column.cell(row, cells),
        (column) => column.paint?.(row) ?? plain,
      ),
    ),
  ];
}
