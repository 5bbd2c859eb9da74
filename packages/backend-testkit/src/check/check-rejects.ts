import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';
import { check, fail } from './check';

/** What a call threw or rejected with; fails when it succeeded. */
export async function rejection(call: () => Promise<unknown>, what: string): Promise<unknown> {
  let promise: Promise<unknown>;
  try {
    promise = call();
  } catch (error) {
    fail(`${what}: threw before returning a promise (${error}); it must return one that rejects`);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return fail(`${what}: expected an error, but the call succeeded`);
}

/**
 * Fails unless the call rejects with a `NextTokenError` of this code.
 * @param details names that `error.details` must have
 */
export async function checkRejects(
  call: () => Promise<unknown>,
  code: NextTokenErrorCode,
  what: string,
  details: readonly string[] = [],
): Promise<NextTokenError> {
  const error = await rejection(call, `${what} (expected ${code})`);
  if (!NextTokenError.isInstance(error)) fail(`${what}: expected a NextTokenError ${code}, got ${error}`);
  check(error.code === code, `${what}: expected code ${code}, got ${error.code} (${error.message})`);
  for (const name of details) {
    check(name in error.details, `${what}: the details of ${code} lack '${name}': ${JSON.stringify(error)}`);
  }
  return error;
}
