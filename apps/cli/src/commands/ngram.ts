import { chooseSubcommand } from '../arguments/choose-subcommand';
import type { FlagName } from '../arguments/flags';
import { complete } from '../ngram/complete';
import { perplexity, smoothingNames } from '../ngram/perplexity';
import { probe } from '../ngram/probe';
import type { Subcommand } from '../ngram/subcommand';
import { train } from '../ngram/train';
import type { Command } from './command';

const subcommands: readonly Subcommand[] = [train, probe, complete, perplexity];
const all: readonly FlagName[] = [...new Set(subcommands.flatMap(({ flags }) => flags))];

export const ngram: Command = {
  name: 'ngram',
  summary: 'n-gram models of any length: train, probe, complete, perplexity',
  usage: `${subcommands.map(({ name }) => name).join('|')} … [flags]`,
  remarks: [
    ...subcommands.flatMap(({ name, usage, summary, flags }) => [
      `${name} ${usage}`,
      `  ${summary}`,
      `  ${flags.map((flag) => `--${flag}`).join(' ')}`,
    ]),
    '',
    `smoothings: ${smoothingNames.join(', ')}`,
    'complete takes the most frequent token; --seed or --top-k asks for a draw',
  ].join('\n'),
  flags: all,
  prepare(args, terminal) {
    const chosen = chooseSubcommand('ngram', subcommands, args);
    const words = args.words.slice(1);
    return chosen.prepare(words, args, terminal);
  },
};
