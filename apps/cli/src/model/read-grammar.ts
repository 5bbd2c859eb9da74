import { readFile } from 'node:fs/promises';
import { type GrammarOptions, type GrammarProcessor, grammar, jsonSchema, regex } from '@nexttoken/grammar';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { grammarFlags } from '../arguments/flags';
import type { ParsedArguments } from '../arguments/parsed-arguments';

/** Makes the grammar that the flags ask for, once the vocabulary is known. */
export type MakeGrammar = (options: GrammarOptions) => GrammarProcessor;

async function readText(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const message = `--${flag} ${path}: ${(cause as Error).message}`;
    throw new NextTokenError('file-not-found', message, { path }, { cause });
  }
}

function parseSchema(path: string, text: string): object | boolean {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `--json-schema ${path} is no JSON: ${(cause as Error).message}`;
    throw new NextTokenError('invalid-file', message, { path }, { cause });
  }
}

/**
 * Reads `--json-schema FILE`, `--regex PATTERN` and `--grammar FILE`, at most one of them.
 * @returns `undefined` without one
 * @throws NextTokenError `invalid-parameter` for several, `file-not-found`, `invalid-file`
 */
export async function readGrammar(args: ParsedArguments): Promise<MakeGrammar | undefined> {
  const given = grammarFlags.filter((flag) => args.has(flag));
  const [flag, other] = given;
  if (other) throw invalidParameter('nexttoken', `--${other}`, `--${flag}`, `given without --${flag}`);
  if (!flag) return undefined;
  const value = args.text(flag)!;
  if (flag === 'regex') return (options) => regex(value, options);
  const text = await readText(flag, value);
  if (flag === 'grammar') return (options) => grammar(text, options);
  const schema = parseSchema(value, text);
  return (options) => jsonSchema(schema, options);
}
