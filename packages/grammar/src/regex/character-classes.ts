import { allCharacters, type CharacterSet, characterSet, complement } from '../characters/character-set';

const digits: CharacterSet = characterSet([0x30, 0x39]);
const wordCharacters: CharacterSet = characterSet([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]);
const spaces: CharacterSet = characterSet(
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
const lineEnds: CharacterSet = characterSet([0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]);

/** What `.` matches. */
export const notLineEnds: CharacterSet = complement(lineEnds);

/** `\d` and its kind, by letter. */
export const classEscapes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};

const properties = new Map<string, CharacterSet>();

/** The characters with a Unicode property, e.g. `L` or `Script=Greek`, as this runtime knows them. */
export function propertyClass(name: string): CharacterSet {
  let found = properties.get(name);
  if (!found) {
    const test = new RegExp(`^\\p{${name}}$`, 'u');
    const ranges: [number, number][] = [];
    for (let index = 0; index < allCharacters.length; index += 2) {
      for (let code = allCharacters[index]!; code <= allCharacters[index + 1]!; code++) {
        if (!test.test(String.fromCodePoint(code))) continue;
        const last = ranges.at(-1);
        if (last && last[1] === code - 1) last[1] = code;
        else ranges.push([code, code]);
      }
    }
    found = characterSet(...ranges);
    properties.set(name, found);
  }
  return found;
}
