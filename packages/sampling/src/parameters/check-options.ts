import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { nearestName } from './nearest-name';

/**
 * Refuses options that the owner does not know: an ignored option would be a silent one.
 * @throws NextTokenError `unsupported-option`, with the option and the nearest known name as details
 */
export function checkOptions(owner: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw invalidParameter(owner, 'options', options, 'an object');
  }
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue;
    const nearest = nearestName(option, known);
    const hint = nearest === undefined ? 'it has no options' : `did you mean ${nearest}?`;
    const details = { owner, option, nearest, known };
    throw new NextTokenError('unsupported-option', `${owner}: unknown option ${option}; ${hint}`, details);
  }
}
