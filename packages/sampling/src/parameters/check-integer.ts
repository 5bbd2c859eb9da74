import { invalidParameter } from '@nexttoken/model';

/** @throws NextTokenError `invalid-parameter` unless the value is an integer of at least `minimum` */
export function checkInteger(owner: string, parameter: string, value: unknown, minimum: number): void {
  if (!Number.isInteger(value) || (value as number) < minimum) {
    throw invalidParameter(owner, parameter, value, `an integer >= ${minimum}`);
  }
}
