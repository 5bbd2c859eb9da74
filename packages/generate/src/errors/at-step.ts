import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';

/**
 * An error of a part of the loop, with the place where it happened. An error that has a code keeps it and its
 * message; any other one becomes `code`, with itself as the cause.
 * @param where plain data: the part's name, `step` and `row`
 */
export function atStep(
  error: unknown,
  code: NextTokenErrorCode,
  where: Readonly<Record<string, unknown>>,
): NextTokenError {
  const place = Object.entries(where)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const message = error instanceof Error ? error.message : String(error);
  return NextTokenError.isInstance(error)
    ? new NextTokenError(error.code, message, { ...where, ...error.details }, { cause: error })
    : new NextTokenError(code, `${place}: ${message}`, where, { cause: error });
}
