import { invalidParameter } from '@nexttoken/model';

/** @throws NextTokenError `invalid-parameter` unless the value is a number from 0 to below 1 */
export function checkCutoff(owner: string, parameter: string, value: unknown): void {
  if (typeof value !== 'number' || !(value >= 0 && value < 1)) {
    throw invalidParameter(owner, parameter, value, 'a number in [0, 1)');
  }
}
