import { invalidParameter } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';

/**
 * Checks an integer option that refines another one; without the other it would be ignored.
 * @throws NextTokenError `invalid-parameter` when the other is missing or the value is below `minimum`
 */
export function checkCompanion<Options extends object>(
  owner: string,
  options: Options,
  option: keyof Options & string,
  needed: keyof Options & string,
  minimum: number,
): void {
  if (options[option] === undefined) return;
  if (options[needed] === undefined) {
    throw invalidParameter(owner, option, options[option], `left out, or given together with ${needed}`);
  }
  checkInteger(owner, option, options[option], minimum);
}
