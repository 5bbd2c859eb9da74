import { NextTokenError } from '@nexttoken/model';
import { helpOfCommand, helpOverview } from '../output/help-text';
import type { Command } from './command';

/** @param commands every other command */
export function createHelp(commands: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'what there is; nexttoken help COMMAND shows its flags',
    usage: '[COMMAND]',
    flags: [],
    prepare(args, terminal) {
      const all = [...commands, help];
      const [name] = args.words;
      const command = all.find((other) => other.name === name);
      if (name !== undefined && !command) {
        throw new NextTokenError('unsupported-option', `unknown command ${JSON.stringify(name)}`, {
          option: name,
        });
      }
      return async () => {
        terminal.print(command ? helpOfCommand(command, terminal.style) : helpOverview(all, terminal.style));
      };
    },
  };
  return help;
}
