import type { ParsedArguments } from '../arguments/parsed-arguments';
import { safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';

/** Prints a result: with `--json` the value on one line, else the text and a line feed. */
export function printResult(
  args: ParsedArguments,
  terminal: Terminal,
  value: unknown,
  text: () => string,
): void {
  terminal.print(`${args.has('json') ? safeJson(value) : text()}\n`);
}
