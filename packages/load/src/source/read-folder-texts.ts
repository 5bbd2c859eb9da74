import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { type ModelTexts, readModelTexts } from '../config/model-texts';

/** A text file, or `undefined` where there is none. */
async function readOptionalText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new NextTokenError(
      'invalid-file',
      `${path} cannot be read: ${(error as Error).message}`,
      { path },
      { cause: error },
    );
  }
}

/** The small files of a folder. */
export function readFolderTexts(folder: string): Promise<ModelTexts> {
  return readModelTexts(async (file) => {
    const path = join(folder, file);
    const text = await readOptionalText(path);
    return text === undefined ? undefined : { path, text };
  });
}
