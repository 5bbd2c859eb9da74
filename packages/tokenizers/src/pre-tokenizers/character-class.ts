/** What the known patterns ask of a character, as bits. */
export const letter = 1;
export const number = 2;
export const space = 4;
/** Carriage return and line feed; `space` too. */
export const newline = 8;
/** `\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}`: what a word of o200k may begin with. */
export const upper = 16;
/** `\p{Ll}\p{Lm}\p{Lo}\p{M}`: what it may go on with. */
export const lower = 32;
/** Neither letter nor number nor space. */
export const other = 64;

/** By code point; 0: not asked for yet. */
const classes = /* @__PURE__ */ new Uint8Array(0x110000);

/** The bits of the character at `at`. Unicode is asked once for every character. */
export function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const codePoint = (unit & 0xfc00) === 0xd800 ? text.codePointAt(at)! : unit;
  return classes[codePoint]! || classify(codePoint);
}

/** Where the character at `at` ends. */
export function after(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 ? at + 2 : at + 1;
}

/** Where the run of characters that have one of the bits ends; it may be empty. */
export function runEnd(text: string, start: number, end: number, bits: number): number {
  let at = start;
  while (at < end) {
    const unit = text.charCodeAt(at);
    const wide = (unit & 0xfc00) === 0xd800;
    const codePoint = wide ? text.codePointAt(at)! : unit;
    const found = classes[codePoint]! || classify(codePoint);
    if ((found & bits) === 0) break;
    at += wide ? 2 : 1;
  }
  return at;
}

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  const is = (pattern: RegExp, bits: number) => (pattern.test(character) ? bits : 0);
  let bits =
    is(/\p{L}/u, letter) | is(/\p{N}/u, number) | is(/\p{White_Space}/u, space) | is(/[\r\n]/, newline);
  if (bits === 0) bits = other;
  bits |= is(/[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]/u, upper) | is(/[\p{Ll}\p{Lm}\p{Lo}\p{M}]/u, lower);
  classes[codePoint] = bits;
  return bits;
}
