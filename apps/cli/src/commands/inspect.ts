import { chooseSubcommand } from '../arguments/choose-subcommand';
import type { FlagName } from '../arguments/flags';
import { ablation } from '../inspect/ablation';
import { attention } from '../inspect/attention';
import { draws } from '../inspect/draws';
import { lens } from '../inspect/lens';
import { luck } from '../inspect/luck';
import { order } from '../inspect/order';
import { trace } from '../inspect/trace';
import { verify } from '../inspect/verify';
import type { Command } from './command';

const subcommands: readonly Command[] = [lens, attention, order, ablation, luck, draws, trace, verify];
const all: readonly FlagName[] = [...new Set(subcommands.flatMap(({ flags }) => flags))];

export const inspect: Command = {
  name: 'inspect',
  summary: 'look inside: lens, attention, order, ablation, luck, draws; trace files: trace, verify',
  usage: `${subcommands.map(({ name }) => name).join('|')} … [flags]`,
  remarks: subcommands
    .flatMap(({ name, usage, summary, flags, remarks }) => [
      `${name} ${usage}`,
      `  ${summary}`,
      ...(remarks ? remarks.split('\n').map((line) => `  ${line}`) : []),
      `  ${flags.map((flag) => `--${flag}`).join(' ')}`,
    ])
    .join('\n'),
  flags: all,
  prepare(args, terminal) {
    const chosen = chooseSubcommand('inspect', subcommands, args);
    return chosen.prepare(args.withWords(args.words.slice(1)), terminal);
  },
};
