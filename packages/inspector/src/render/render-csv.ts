/** One value of a table; `undefined` and numbers that are none leave the cell empty. */
export type CsvCell = string | number | undefined;

/**
 * Lines of cells, the head first, as CSV (RFC 4180): commas, CRLF behind every line, quotes where a cell needs them.
 * @returns text without a byte order mark
 */
export function renderCsv(lines: readonly (readonly CsvCell[])[]): string {
  return lines.map((line) => `${line.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === undefined || Number.isNaN(cell)) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
