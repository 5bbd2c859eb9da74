import { readFile } from 'node:fs/promises';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import type { Terminal } from '../terminal/terminal';

/** What is to be continued: a text, or token ids. */
export type Prompt = { readonly text: string } | { readonly ids: readonly number[] };

/**
 * Where the prompt may stand; exactly one of: `--prompt`, the first word, `--prompt-file`, `--ids`, standard input.
 * Of a file or standard input one line break at the end is dropped, as `$(…)` does.
 * @throws NextTokenError `invalid-parameter` for none or several; `file-not-found`
 */
export async function readPrompt(args: ParsedArguments, terminal: Terminal): Promise<Prompt> {
  const [word, ...more] = args.words;
  if (more.length > 0) {
    throw invalidParameter('nexttoken', 'prompt', args.words.join(' '), 'one argument: put it in quotes');
  }
  const ids = args.ids('ids');
  const file = args.text('prompt-file');
  const given = [args.text('prompt'), word, file, ids].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw invalidParameter(
      'nexttoken',
      'prompt',
      given.length,
      'given once: as --prompt, an argument, --prompt-file or --ids',
    );
  }
  if (ids) return { ids };
  if (file !== undefined && file !== '-') return { text: dropLineBreak(await readText(file)) };
  const text = args.text('prompt') ?? word;
  if (text !== undefined) return { text };
  const input = await terminal.readInput();
  if (input !== undefined) return { text: dropLineBreak(input) };
  throw invalidParameter(
    'nexttoken',
    'prompt',
    'nothing',
    'given as --prompt TEXT, an argument, --prompt-file, --ids or standard input',
  );
}

/** Refuses flags that mean nothing for token ids. @throws NextTokenError `invalid-parameter` */
export function checkPromptFlags(args: ParsedArguments): void {
  if (!args.has('ids')) return;
  for (const flag of ['chat', 'no-special-tokens'] as const) {
    if (args.has(flag))
      throw invalidParameter(
        'nexttoken',
        `--${flag}`,
        '--ids',
        'used with a text: --ids are taken as they are',
      );
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new NextTokenError(
      'file-not-found',
      `--prompt-file ${path}: ${(cause as Error).message}`,
      { path },
      { cause },
    );
  }
}

function dropLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}
