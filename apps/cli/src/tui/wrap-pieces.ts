import { textWidth } from '@nexttoken/inspector';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A part of a text, and how it is painted. */
export interface Piece {
  readonly text: string;
  paint(text: string): string;
}

/** Breaks painted pieces into lines of at most `width` cells; line feeds break too. */
export function wrapPieces(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const flush = (): void => {
    lines.push(line);
    line = '';
    used = 0;
  };
  for (const { text, paint } of pieces) {
    let run = '';
    const close = (): void => {
      line += run === '' ? '' : paint(run);
      run = '';
    };
    for (const { segment } of graphemes.segment(text)) {
      const isBreak = /[\n\r]/.test(segment);
      const cells = isBreak ? 0 : textWidth(segment);
      if (isBreak || used + cells > width) {
        close();
        flush();
      }
      if (isBreak) continue;
      run += segment;
      used += cells;
    }
    close();
  }
  flush();
  return lines;
}
