import type { FlagName } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import type { Terminal } from '../terminal/terminal';

/** One of `nexttoken ngram …`. */
export interface Subcommand {
  readonly name: string;
  /** What follows the name, beside flags. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** @param words what follows the name */
  prepare(
    words: readonly string[],
    args: ParsedArguments,
    terminal: Terminal,
  ): Promise<() => Promise<void>> | (() => Promise<void>);
}
