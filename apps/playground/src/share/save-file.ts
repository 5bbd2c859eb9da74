import { type CsvCell, renderCsv } from '@nexttoken/inspector';

/** Hands a file to the visitor. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Lines of cells as CSV, with a mark that spreadsheets know UTF-8 by. */
export function toCsv(lines: readonly (readonly CsvCell[])[]): Blob {
  return new Blob(['\ufeff', renderCsv(lines)], { type: 'text/csv' });
}
