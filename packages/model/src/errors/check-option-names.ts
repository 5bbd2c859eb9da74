import { invalidParameter } from './invalid-parameter';
import { unknownOption } from './unknown-option';

/**
 * Refuses options that the owner does not know: an ignored option would be a silent one.
 * @param owner what refuses, as the user wrote it, e.g. `generate`
 * @param options what the user gave; only its own names are looked at
 * @param known all names that the owner reads
 * @throws NextTokenError `unsupported-option` for the first unknown name (see {@link unknownOption});
 *   `invalid-parameter` where `options` is no object
 */
export function checkOptionNames(owner: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw invalidParameter(owner, 'options', options, 'an object');
  }
  for (const option of Object.keys(options)) {
    if (!known.includes(option)) throw unknownOption(owner, option, known);
  }
}
