import { readFile } from 'node:fs/promises';
import { NextTokenError } from '@nexttoken/model';
import { readArpa } from '../file/read-arpa';
import { arpaPieces } from '../file/write-arpa';
import type { BackoffModel } from '../smoothing/backoff-model';
import { atomicWrite } from './atomic-write';
import type { SaveOptions } from './ngram-index-files';

/** Saves a model that backs off as an ARPA file. An interrupted save leaves the file that was there as it was. */
export async function saveArpa(
  path: string,
  model: BackoffModel,
  { signal }: SaveOptions = {},
): Promise<void> {
  await atomicWrite(path, arpaPieces(model), signal);
}

/** Reads an ARPA file (of up to 512 MB of text). @throws NextTokenError `file-not-found`; `invalid-file` */
export async function readArpaFile(path: string): Promise<BackoffModel> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new NextTokenError('file-not-found', `${path}: ${cause.message}`, { path }, { cause });
  });
  return readArpa(text, path);
}
