import type { Style } from './style';

/** The whole terminal, for a program that draws itself. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** What is typed, key by key: a character, or a name such as `up`, `enter`, `ctrl-c`; `resize` when the size changed. */
  readonly keys: AsyncIterable<string>;
  /** Draws lines from the top; what does not fit is cut. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** What a command may do to the world around it. */
export interface Terminal {
  /** To standard output: results only. */
  print(text: string): void;
  /** To standard error: everything else. */
  note(text: string): void;
  /** A line on standard error that the next one replaces; nothing where standard error is no terminal. */
  progress(text: string): void;
  /** Style of standard output. */
  readonly style: Style;
  /** Style of standard error. */
  readonly noteStyle: Style;
  /** Cells of a line of standard output; 80 where it is no terminal. */
  readonly width: number;
  /** The text on standard input; `undefined` when a person sits there. */
  readInput(): Promise<string | undefined>;
  /** Takes the whole terminal; `undefined` where standard input or output is none. */
  openScreen(): Screen | undefined;
  /** The lines that a person types, or that standard input holds; `prompt` is shown to a person. */
  readLines(prompt: string): AsyncIterable<string>;
  /** Aborted by Ctrl-C, SIGTERM, or when nobody reads standard output any more. */
  readonly signal: AbortSignal;
}
