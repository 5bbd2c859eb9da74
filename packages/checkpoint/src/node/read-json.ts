import { readFile } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import { unreadable } from './unreadable';

/** A parsed JSON file. @throws NextTokenError `file-not-found`, `invalid-file` */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NextTokenError('invalid-file', `${path} is no JSON`, { path }, { cause });
  }
}
