import { invalidParameter } from '@nexttoken/model';

/** @throws NextTokenError `invalid-parameter` unless the value is a number that stays finite and > 0 in float32 */
export function checkPositive(owner: string, parameter: string, value: unknown, hint = ''): void {
  if (typeof value !== 'number' || !(Math.fround(value) > 0 && Number.isFinite(Math.fround(value)))) {
    throw invalidParameter(owner, parameter, value, `a finite number > 0${hint}`);
  }
}
