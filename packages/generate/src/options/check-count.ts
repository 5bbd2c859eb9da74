import { invalidParameter } from '@nexttoken/model';

/** Refuses what is no integer of at least `minimum`. */
export function checkCount(owner: string, parameter: string, value: unknown, minimum: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= minimum) return;
  throw invalidParameter(owner, parameter, value, `an integer >= ${minimum}`);
}
