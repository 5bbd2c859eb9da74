import { invalidParameter } from '@nexttoken/model';

/** @throws NextTokenError `invalid-parameter` unless the value is a number >= `minimum` that stays finite in float32 */
export function checkFinite(
  owner: string,
  parameter: string,
  value: unknown,
  minimum = Number.NEGATIVE_INFINITY,
): void {
  if (typeof value === 'number' && Number.isFinite(Math.fround(value)) && value >= minimum) return;
  const range = minimum === Number.NEGATIVE_INFINITY ? '' : ` >= ${minimum}`;
  throw invalidParameter(owner, parameter, value, `a finite number${range}`);
}
