/** Code points as disjoint ranges in rising order: `[low, high, low, high, …]`, ends included; no surrogates. */
export type CharacterSet = readonly number[];

const last = 0x10ffff;
const surrogates: CharacterSet = [0xd800, 0xdfff];

/** Every Unicode scalar value: what well-formed UTF-8 can spell. */
export const allCharacters: CharacterSet = [0, 0xd7ff, 0xe000, last];

/** The union of ranges in any order, surrogates left out. */
export function characterSet(...ranges: readonly (readonly [low: number, high: number])[]): CharacterSet {
  const sorted = ranges.filter(([low, high]) => low <= high).sort(([a], [b]) => a - b);
  const merged: number[] = [];
  for (const [low, high] of sorted) {
    if (merged.length > 0 && low <= merged.at(-1)! + 1)
      merged[merged.length - 1] = Math.max(merged.at(-1)!, high);
    else merged.push(low, high);
  }
  return subtract(merged, surrogates);
}

/** The set of a text's characters. */
export const charactersOf = (text: string): CharacterSet =>
  characterSet(
    ...Array.from(text, (character) => [character.codePointAt(0)!, character.codePointAt(0)!] as const),
  );

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  return characterSet(...sets.flatMap((set) => [...rangesOf(set)]));
}

/** What is in `set` and not in `without`. */
export function subtract(set: CharacterSet, without: CharacterSet): CharacterSet {
  const result: number[] = [];
  let index = 0;
  for (let [low, high] of rangesOf(set)) {
    while (index > 0 && without[index - 1]! >= low) index -= 2;
    for (; index < without.length && without[index]! <= high; index += 2) {
      if (without[index + 1]! < low) continue;
      if (without[index]! > low) result.push(low, without[index]! - 1);
      low = without[index + 1]! + 1;
    }
    if (low <= high) result.push(low, high);
  }
  return result;
}

/** Every character that is not in `set`. */
export const complement = (set: CharacterSet): CharacterSet => subtract(allCharacters, set);

/** What is in both. */
export const intersect = (a: CharacterSet, b: CharacterSet): CharacterSet => subtract(a, complement(b));

export function* rangesOf(set: CharacterSet): Generator<[low: number, high: number], void, undefined> {
  for (let index = 0; index < set.length; index += 2) yield [set[index]!, set[index + 1]!];
}
