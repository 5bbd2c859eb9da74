import { NextTokenError } from '@nexttoken/model';

/** The typed error that a promise rejects with; anything else fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<NextTokenError> {
  const outcome: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (NextTokenError.isInstance(outcome)) return outcome;
  throw outcome;
}
