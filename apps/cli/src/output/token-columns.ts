import type { Terminal } from '../terminal/terminal';

/** Tokens with their ids below them, in as many pairs of lines as the width needs. */
export function tokenColumns(
  tokens: readonly string[],
  ids: ArrayLike<number>,
  terminal: Terminal,
): string[] {
  const { accent, dim } = terminal.style;
  const width = Math.min(terminal.width, 80) - 3;
  const lines: string[] = [];
  let upper = '';
  let lower = '';
  let used = 0;
  const flush = (): void => {
    lines.push(`   ${upper.trimEnd()}`, `   ${lower.trimEnd()}`);
    upper = '';
    lower = '';
    used = 0;
  };
  tokens.forEach((token, index) => {
    const id = String(ids[index]);
    const cell = Math.max(token.length, id.length) + 2;
    if (used > 0 && used + cell > width) flush();
    upper += accent(token) + ' '.repeat(cell - token.length);
    lower += dim(id) + ' '.repeat(cell - id.length);
    used += cell;
  });
  if (used > 0) flush();
  return lines;
}
