import { NextTokenError } from '@nexttoken/model';
import type { JsonFile } from './json-file';

/**
 * The token ids of one field: a number, a list of numbers, or nothing (`null`, absent, the file itself absent).
 * @throws NextTokenError `invalid-config` for anything else and for ids outside [0, vocabSize)
 */
export function tokenIdField(
  file: JsonFile | undefined,
  field: string,
  vocabSize: number,
): readonly number[] | undefined {
  const value = file?.value[field];
  if (file === undefined || value === undefined || value === null) return undefined;
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const id of ids) {
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
    throw new NextTokenError(
      'invalid-config',
      `${file.path}: ${field} is ${JSON.stringify(value)}; token ids lie in [0, ${vocabSize})`,
      { path: file.path, field, value, vocabSize },
    );
  }
  return ids as number[];
}
