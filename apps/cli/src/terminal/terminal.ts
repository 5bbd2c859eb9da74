import type { Style } from './style';

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
  /** Aborted by Ctrl-C, SIGTERM, or when nobody reads standard output any more. */
  readonly signal: AbortSignal;
}
