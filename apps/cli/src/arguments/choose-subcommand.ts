import { invalidParameter, unknownOption } from '@nexttoken/model';
import type { FlagName } from './flags';
import type { ParsedArguments } from './parsed-arguments';

/** Something that has subcommands, of which each takes its own flags. */
interface WithFlags {
  readonly name: string;
  readonly flags: readonly FlagName[];
}

/**
 * The subcommand that the first word names.
 * @throws NextTokenError `invalid-parameter` for another word, `unsupported-option` for a flag that it does not take
 */
export function chooseSubcommand<Subcommand extends WithFlags>(
  command: string,
  subcommands: readonly Subcommand[],
  args: ParsedArguments,
): Subcommand {
  const [name] = args.words;
  const chosen = subcommands.find((other) => other.name === name);
  if (!chosen) {
    const expected = `one of ${subcommands.map((other) => other.name).join(', ')}`;
    throw invalidParameter('nexttoken', command, name ?? 'nothing', expected);
  }
  const all = new Set(subcommands.flatMap(({ flags }) => flags));
  const unread = [...all].find((flag) => args.has(flag) && !chosen.flags.includes(flag));
  if (unread) {
    throw unknownOption(
      `nexttoken ${command} ${chosen.name}`,
      `--${unread}`,
      chosen.flags.map((flag) => `--${flag}`),
    );
  }
  return chosen;
}
