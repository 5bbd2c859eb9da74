/**
 * Keeps one working buffer alive between calls: `buffer(length)` returns the same array as long as the
 * length stays the same, and makes a new one when it changes. Its content is whatever was left in it.
 *
 * @param create makes a buffer of a given length, e.g. `(length) => new Float64Array(length)`
 * @returns the buffer for a length; cost: one comparison
 */
export function reusable<Buffer extends { readonly length: number }>(
  create: (length: number) => Buffer,
): (length: number) => Buffer {
  let buffer: Buffer | undefined;
  return (length) => {
    if (buffer?.length !== length) buffer = create(length);
    return buffer;
  };
}
