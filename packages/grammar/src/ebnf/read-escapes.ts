import { grammarError } from './read-tokens';

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};
const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The characters of a text or class between its quotes, escapes resolved; each with whether it was escaped. */
export function* readEscapes(
  inner: string,
  line: number,
): Generator<readonly [character: string, escaped: boolean], void, undefined> {
  const characters = Array.from(inner);
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    if (character !== '\\') {
      yield [character, false];
      continue;
    }
    const name = characters[++index]!;
    const digits = digitsOf[name];
    if (digits === undefined) {
      if (/[A-Za-z1-9]/.test(name) && simple[name] === undefined)
        throw grammarError(`unknown escape \\${name}`, line);
      yield [simple[name] ?? name, true];
      continue;
    }
    const hex = characters.slice(index + 1, index + 1 + digits).join('');
    const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
      throw grammarError(`\\${name}${hex} is no character`, line);
    }
    index += digits;
    yield [String.fromCodePoint(code), true];
  }
}
