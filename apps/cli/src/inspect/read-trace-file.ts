import { readFile } from 'node:fs/promises';
import { readTrace, type Trace } from '@nexttoken/inspector';
import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';

/** The file that the words name. @throws NextTokenError `invalid-parameter` for none or several */
export function tracePath(args: ParsedArguments): string {
  const [path, ...more] = args.words;
  if (path !== undefined && more.length === 0) return path;
  throw invalidParameter('nexttoken', 'trace', args.words.join(' ') || 'nothing', 'one trace file');
}

/** @throws NextTokenError `file-not-found`; `invalid-trace` for what is none, with its path */
export async function readTraceFile(path: string): Promise<Trace> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new NextTokenError('file-not-found', `${path}: ${cause.message}`, { path }, { cause });
  });
  try {
    return readTrace(bytes);
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    const { code, message, details } = error;
    throw new NextTokenError(code, `${path}: ${message}`, { path, ...details }, { cause: error });
  }
}
