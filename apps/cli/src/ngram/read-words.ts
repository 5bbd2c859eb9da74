import { invalidParameter } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import type { Terminal } from '../terminal/terminal';

/** The file that a subcommand names first. @throws NextTokenError `invalid-parameter` */
export function requirePath(words: readonly string[], what: string): string {
  const [path] = words;
  if (path !== undefined) return path;
  throw invalidParameter('nexttoken', what, 'nothing', 'named first');
}

/** The text behind the index, or standard input, as words. @throws NextTokenError `invalid-parameter` */
export async function readTokens(words: readonly string[], terminal: Terminal): Promise<string[]> {
  const [, text, ...more] = words;
  if (more.length > 0) {
    throw invalidParameter('nexttoken', 'text', words.slice(1).join(' '), 'one argument: put it in quotes');
  }
  const given = text ?? (await terminal.readInput());
  if (given === undefined)
    throw invalidParameter('nexttoken', 'text', 'nothing', 'an argument or standard input');
  return given.split(/\s+/).filter((word) => word !== '');
}

/** `--order`; `undefined` for any length. */
export function readOrder(args: ParsedArguments): { readonly order?: number } {
  const order = args.number('order', { integer: true, minimum: 1 });
  return order === undefined ? {} : { order };
}

/** The number that seeds a draw; drawn here, and told, where only `--top-k` asks for one. */
export function readTopK(args: ParsedArguments): number {
  return args.number('top-k', { integer: true, minimum: 1 }) ?? 5;
}
