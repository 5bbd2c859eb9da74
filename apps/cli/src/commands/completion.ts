import { invalidParameter } from '@nexttoken/model';
import { type Flag, type FlagName, flags } from '../arguments/flags';
import {
  bashCompletion,
  type CompletionTable,
  fishCompletion,
  zshCompletion,
} from '../completion/completion-scripts';
import type { Command } from './command';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** @param commands every other command but help */
export function createCompletion(commands: readonly Command[]): Command {
  const completion: Command = {
    name: 'completion',
    summary: 'a completion script for bash, zsh or fish',
    usage: Object.keys(shells).join('|'),
    remarks: [
      'bash: source <(nexttoken completion bash)',
      'zsh:  nexttoken completion zsh > "$fpath[1]/_nexttoken"',
      'fish: nexttoken completion fish > ~/.config/fish/completions/nexttoken.fish',
    ].join('\n'),
    flags: [],
    prepare(args, terminal) {
      const [shell = 'nothing', ...more] = args.words;
      if (!Object.hasOwn(shells, shell) || more.length > 0) {
        throw invalidParameter(
          'nexttoken',
          'completion',
          args.words.join(' '),
          Object.keys(shells).join(', '),
        );
      }
      return async () => {
        const script = shells[shell as keyof typeof shells];
        terminal.print(script([...commands, completion].map(tableOf)));
      };
    },
  };
  return completion;
}

/** Words that a usage begins with: `list | rm MODEL` or `bash|zsh|fish`. */
function wordsOf(usage: string): readonly string[] {
  const parts = usage.split('…')[0]!.split('|');
  const words = parts.map((part) => part.trim().split(' ')[0]!);
  return parts.length > 1 ? words.filter((word) => /^[a-z]+$/.test(word)) : [];
}

function tableOf({ name, summary, usage, flags: names }: Command): CompletionTable {
  const all: readonly FlagName[] = [...names, 'help'];
  return {
    name,
    summary,
    words: wordsOf(usage),
    flags: all.map((flag) => {
      const { value, help }: Flag = flags[flag];
      return { name: flag, value: value !== undefined, help };
    }),
  };
}
