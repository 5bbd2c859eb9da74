import { NextTokenError } from '@nexttoken/model';

/** Refuses a range that is not wholly inside a source of `size` bytes. */
export function checkRange(path: string, size: number, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new NextTokenError(
      'invalid-file',
      `${path}: no byte range starts at ${offset} with length ${length}`,
      {
        path,
        offset,
        length,
      },
    );
  }
  const missing = offset + length - size;
  if (missing > 0) throw truncated(path, missing, `bytes ${offset} to ${offset + length}`, { size });
}

/** The error of a file that ends too early; `what` is the part that is cut off. */
export function truncated(
  path: string,
  missing: number,
  what: string,
  details: Readonly<Record<string, unknown>> = {},
): NextTokenError {
  const bytes = missing === 1 ? '1 byte is' : `${missing} bytes are`;
  return new NextTokenError('invalid-file', `${path} is truncated: ${bytes} missing of ${what}`, {
    path,
    missing,
    ...details,
  });
}
