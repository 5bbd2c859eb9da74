import { NextTokenError } from './next-token-error';

/**
 * The error that every factory throws for an illegal value.
 * @param owner what refuses, as the user wrote it, e.g. `topP`
 * @param parameter the parameter's name, e.g. `p`
 * @param expected the legal range in words, e.g. `a number in [0, 1]`
 */
export function invalidParameter(
  owner: string,
  parameter: string,
  value: unknown,
  expected: string,
): NextTokenError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return new NextTokenError('invalid-parameter', `${owner}: ${parameter} must be ${expected}, got ${shown}`, {
    owner,
    parameter,
    value: typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    expected,
  });
}
