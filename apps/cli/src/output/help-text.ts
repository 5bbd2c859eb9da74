import { type Flag, type FlagName, flags } from '../arguments/flags';
import type { Command } from '../commands/command';
import type { Style } from '../terminal/style';

/** What `nexttoken help` prints. */
export function helpOverview(commands: readonly Command[], style: Style): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${style.bold('nexttoken')}  see, steer and trust the next token`,
    '',
    `usage: nexttoken ${style.accent('COMMAND')} [flags]`,
    '',
    ...commands.map(({ name, summary }) => `  ${style.accent(name.padEnd(width))}  ${summary}`),
    '',
    'nexttoken COMMAND --help shows the flags of a command; --no-color is understood by all.',
    'Exit codes: 0 done, 1 an error, 2 wrong arguments, 3 a check found a difference,',
    '130 and 143 stopped by Ctrl-C or SIGTERM.',
    '',
  ].join('\n');
}

/** What `nexttoken COMMAND --help` prints. */
export function helpOfCommand(command: Command, style: Style): string {
  const names: readonly FlagName[] = [...command.flags, 'help'];
  const left = names.map((name) => {
    const { value }: Flag = flags[name];
    return `--${name}${value ? ` ${value}` : ''}`;
  });
  const width = Math.max(...left.map((text) => text.length));
  return [
    `usage: nexttoken ${style.accent(command.name)} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    '',
    ...names.map(
      (name, index) => `  ${style.accent((left[index] ?? '').padEnd(width))}  ${flags[name].help}`,
    ),
    ...(command.remarks ? ['', command.remarks] : []),
    '',
  ].join('\n');
}
