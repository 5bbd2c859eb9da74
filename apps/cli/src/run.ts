import { NextTokenError, unknownOption } from '@nexttoken/model';
import { parseArguments } from './arguments/parse-arguments';
import { commands } from './commands';
import type { Command } from './commands/command';
import { helpOfCommand } from './output/help-text';
import { reportError } from './output/report-error';
import type { Terminal } from './terminal/terminal';
import { version } from './version';

/**
 * Runs the command that the arguments name and reports its errors.
 * @returns the exit code: 0, 1 for errors, 2 for wrong arguments, 3 where a check found a difference
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first = 'help', ...rest] = argv.map((word) => (word === '-h' ? '--help' : word));
  let wrongArguments = true;
  try {
    if (first === '--version') {
      terminal.print(`${version()}\n`);
      return 0;
    }
    const command = findCommand(first === '--help' ? 'help' : first);
    const args = parseArguments(rest, [...command.flags, 'help']);
    if (args.has('help')) {
      terminal.print(helpOfCommand(command, terminal.style));
      return 0;
    }
    const work = await command.prepare(args, terminal);
    wrongArguments = false;
    return (await work()) ?? 0;
  } catch (error) {
    const json = argv.includes('--json');
    if (json || !terminal.signal.aborted) reportError(error, json, terminal);
    return wrongArguments ? 2 : 1;
  }
}

function findCommand(name: string): Command {
  const command = commands.find((other) => other.name === name);
  if (command) return command;
  const { nearest, known } = unknownOption(
    'nexttoken',
    name,
    commands.map((other) => other.name),
  ).details;
  const message = `unknown command ${JSON.stringify(name)}; did you mean ${nearest}? (nexttoken help lists them)`;
  throw new NextTokenError('unsupported-option', message, { option: name, nearest, known });
}
