import { NextTokenError } from '@nexttoken/model';
import { nearestName } from './nearest-name';

/**
 * Refuses names that nobody would read.
 * @param owner what refuses, e.g. `generate`
 * @throws NextTokenError `unsupported-option`; details: option, nearest, known
 */
export function checkOptionNames(owner: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue;
    const nearest = nearestName(option, known);
    throw new NextTokenError(
      'unsupported-option',
      `${owner}: there is no option "${option}"; the nearest one is "${nearest}" (known: ${known.join(', ')})`,
      { owner, option, nearest, known },
    );
  }
}
