import type { FlagName } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import type { Terminal } from '../terminal/terminal';

/** What a command does. It may end with an exit code of its own: 3, where what it checked is not as it should be. */
// biome-ignore lint/suspicious/noConfusingVoidType: most works have nothing to say
type Work = () => Promise<void | 3>;

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What may follow the name, e.g. `[TEXT] [flags]`. */
  readonly usage: string;
  /** More to say below the flags. */
  readonly remarks?: string;
  /** Besides `--help`. */
  readonly flags: readonly FlagName[];
  /**
   * Checks the arguments, without running a model: errors here are the caller's (exit code 2).
   * @returns the work itself; errors there are ours (exit code 1)
   */
  prepare(args: ParsedArguments, terminal: Terminal): Promise<Work> | Work;
}
