/** Wraps a text that is already padded; an empty one stays empty. */
export type Paint = (text: string) => string;

export interface Style {
  readonly heading: Paint;
  readonly quiet: Paint;
  readonly accent: Paint;
  readonly warning: Paint;
  /** Dim and struck through: removed. */
  readonly removed: Paint;
}

export interface RenderOptions {
  /** Whether ANSI colours and attributes are used; default false. Nothing is told by colour alone. */
  readonly color?: boolean | undefined;
  /** Cells a line may take, an integer >= 40; default 80. */
  readonly width?: number | undefined;
}

const ansi =
  (...codes: number[]): Paint =>
  (text) =>
    text === '' ? '' : `\x1b[${codes.join(';')}m${text}\x1b[0m`;

const plain: Paint = (text) => text;

/** The paints of a table: ANSI codes, or nothing at all. */
export function createStyle(color: boolean): Style {
  if (!color) return { heading: plain, quiet: plain, accent: plain, warning: plain, removed: plain };
  return { heading: ansi(1), quiet: ansi(2), accent: ansi(34), warning: ansi(33), removed: ansi(2, 9) };
}
