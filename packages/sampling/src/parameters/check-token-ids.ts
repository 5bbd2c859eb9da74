import { invalidParameter } from '@nexttoken/model';

/**
 * Checks a list of token ids. Whether they lie within the vocabulary is known only when a row comes.
 * @returns the ids as a plain array of its own
 * @throws NextTokenError `invalid-parameter` unless it is a list of integers >= 0, of at least `minimum`
 */
export function checkTokenIds(
  owner: string,
  parameter: string,
  ids: ArrayLike<number>,
  minimum = 0,
): readonly number[] {
  if (typeof ids !== 'object' || ids === null || !(ids.length >= minimum)) {
    throw invalidParameter(
      owner,
      parameter,
      ids,
      minimum > 0 ? 'a list of token ids, not empty' : 'a list of token ids',
    );
  }
  return Array.from(ids, (id, i) => {
    if (!Number.isInteger(id) || id < 0)
      throw invalidParameter(owner, `${parameter}[${i}]`, id, 'an integer >= 0');
    return id;
  });
}
