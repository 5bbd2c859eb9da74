import { nearestName } from './nearest-name';
import { NextTokenError } from './next-token-error';

/**
 * The error for an option that nobody would read: `unsupported-option`; details: owner, option,
 * nearest (absent when nothing is known), known.
 * @param owner what refuses, as the user wrote it, e.g. `generate`
 * @param option the name that is not known
 * @param known all names that are, the most likely one first among equals
 */
export function unknownOption(owner: string, option: string, known: readonly string[]): NextTokenError {
  const nearest = nearestName(option, known);
  const hint = nearest === undefined ? 'it has no options' : `did you mean ${nearest}?`;
  return new NextTokenError('unsupported-option', `${owner}: unknown option ${option}; ${hint}`, {
    owner,
    option,
    nearest,
    known,
  });
}
