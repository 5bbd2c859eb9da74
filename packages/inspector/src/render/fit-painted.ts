import { fitText, textWidth } from './text-width';

const code = '\x1b[';

/** The longest beginning of a line with ANSI codes that fits into `width` cells; codes take none, and none stays open. */
export function fitPainted(line: string, width: number): string {
  const [first = '', ...painted] = line.split(code);
  const parts = [
    { open: '', text: first },
    ...painted.map((part) => {
      const end = part.indexOf('m') + 1;
      return { open: code + part.slice(0, end), text: part.slice(end) };
    }),
  ];
  const whole = parts.map(({ text }) => text).join('');
  if (textWidth(whole) <= width) return line;
  let left = width;
  let fitting = '';
  for (const { open, text } of parts) {
    const cells = textWidth(text);
    // The sign for what is cut off needs a cell of its own.
    if (cells >= left) {
      const close = parts.length > 1 ? `${code}0m` : '';
      return `${fitting}${open}${fitText(`${text} `, left)}${close}`;
    }
    fitting += open + text;
    left -= cells;
  }
  return fitting;
}
