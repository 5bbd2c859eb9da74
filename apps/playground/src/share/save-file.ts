/** Hands a file to the visitor. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Lines of cells as CSV (RFC 4180), with a mark that spreadsheets know UTF-8 by. */
export function toCsv(lines: readonly (readonly (string | number)[])[]): Blob {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
  return new Blob(['\ufeff', text], { type: 'text/csv' });
}
