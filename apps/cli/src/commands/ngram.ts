import { invalidParameter, unknownOption } from '@nexttoken/model';
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
    const [name, ...words] = args.words;
    const chosen = subcommands.find((other) => other.name === name);
    if (!chosen) {
      const expected = `one of ${subcommands.map((other) => other.name).join(', ')}`;
      throw invalidParameter('nexttoken', 'ngram', name ?? 'nothing', expected);
    }
    const unread = all.find((flag) => args.has(flag) && !chosen.flags.includes(flag));
    if (unread) {
      throw unknownOption(
        `nexttoken ngram ${chosen.name}`,
        `--${unread}`,
        chosen.flags.map((flag) => `--${flag}`),
      );
    }
    return chosen.prepare(words, args, terminal);
  },
};
