import { NextTokenError } from '@nexttoken/model';

/** The `NextTokenError` that a promise ends with; anything else fails the test. */
export async function caught(promise: Promise<unknown>): Promise<NextTokenError> {
  try {
    await promise;
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
