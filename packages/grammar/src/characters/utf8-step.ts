/** Between two characters. */
export const utf8Border = 0;
/** Behind bytes that are no UTF-8. */
const utf8Broken = -1;

/** The bytes that are left of a character, and the range of the next one, as one number. */
const pending = (left: number, low = 0x80, high = 0xbf): number => (left << 16) | (low << 8) | high;

/** Reads a byte as UTF-8 (RFC 3629): {@link utf8Border}, {@link utf8Broken}, or a state within a character. */
export function utf8Step(state: number, byte: number): number {
  if (state === utf8Broken) return utf8Broken;
  if (state !== utf8Border) {
    if (byte < ((state >> 8) & 0xff) || byte > (state & 0xff)) return utf8Broken;
    const left = (state >> 16) - 1;
    return left === 0 ? utf8Border : pending(left);
  }
  if (byte < 0x80) return utf8Border;
  if (byte < 0xc2 || byte > 0xf4) return utf8Broken;
  if (byte < 0xe0) return pending(1);
  if (byte < 0xf0) return pending(2, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf);
  return pending(3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf);
}
