import { NextTokenError } from '@nexttoken/model';

/** Appends names to a JSON pointer. */
export const pointerTo = (pointer: string, ...names: readonly (string | number)[]): string =>
  [pointer, ...names.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

/**
 * The refusal of a keyword: `unsupported-schema`; details: keyword, pointer, reason.
 * @param pointer where the schema stands that has the keyword
 */
export function refuseKeyword(keyword: string, pointer: string, reason: string): NextTokenError {
  const at = pointerTo(pointer, keyword);
  return new NextTokenError('unsupported-schema', `jsonSchema: "${keyword}" at ${at}: ${reason}`, {
    keyword,
    pointer: at,
    reason,
  });
}
