/** Follows a byte sequence: whether it can still be (the start of) well-formed UTF-8. */
export interface Utf8Validator {
  /** False from the first byte on that no well-formed text can have there. */
  push(byte: number): boolean;
  /** Whether the bytes so far end at a character's end. */
  readonly complete: boolean;
}

/** Well-formed as in table 3-7 of the Unicode standard: no overlong forms, no surrogates, at most U+10FFFF. */
export function createUtf8Validator(): Utf8Validator {
  let missing = 0;
  let low = 0x80;
  let high = 0xbf;
  let broken = false;
  return {
    push(byte) {
      if (broken) return false;
      if (missing > 0) {
        broken = byte < low || byte > high;
        missing -= 1;
        low = 0x80;
        high = 0xbf;
      } else if (byte >= 0x80) {
        broken = byte < 0xc2 || byte > 0xf4;
        missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        if (byte === 0xe0) low = 0xa0;
        if (byte === 0xed) high = 0x9f;
        if (byte === 0xf0) low = 0x90;
        if (byte === 0xf4) high = 0x8f;
      }
      return !broken;
    },
    get complete() {
      return missing === 0 && !broken;
    },
  };
}
