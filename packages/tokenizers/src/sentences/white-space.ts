/** White space in patterns: Unicode's, and the four information separators. */
export const space = '[\\p{White_Space}\\x1c-\\x1f]';
export const notSpace = '[^\\p{White_Space}\\x1c-\\x1f]';

/** The same for a UTF-16 unit: what Python's `str.isspace` has. */
export function isSpaceUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x1c && unit <= 0x20);
  if (unit === 0x85 || unit === 0xa0 || unit === 0x1680 || unit === 0x3000) return true;
  return (
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f
  );
}

/** Where the white space that begins at `at` ends. */
export function spaceEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpaceUnit(text.charCodeAt(end))) end += 1;
  return end;
}

/** Where the text within `[start, end)` ends when white space at its end is left out. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && isSpaceUnit(text.charCodeAt(stop - 1))) stop -= 1;
  return stop;
}
