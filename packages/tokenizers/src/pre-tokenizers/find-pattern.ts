import type { FindMatches } from './cut-by-matches';

/**
 * Matches of a pattern. It sees `[start, end)` alone: nothing before it, nothing behind it.
 * @param pattern with the flag `u`
 */
export function findPattern(pattern: RegExp): FindMatches {
  const matcher = new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join(''));
  return (text, start, end, emit) => {
    for (const match of partOf(text, start, end).matchAll(matcher)) {
      emit(start + match.index, start + match.index + match[0].length);
    }
  };
}

function partOf(text: string, start: number, end: number): string {
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Places of a string, not empty. */
export function findString(searched: string): FindMatches {
  return (text, start, end, emit) => {
    const part = partOf(text, start, end);
    for (let at = part.indexOf(searched); at !== -1; at = part.indexOf(searched, at + searched.length)) {
      emit(start + at, start + at + searched.length);
    }
  };
}

/** Every character that the pattern matches, one by one. */
export function findCharacters(pattern: RegExp): FindMatches {
  const found = new Map<number, boolean>();
  const matches = (codePoint: number): boolean => {
    let known = found.get(codePoint);
    if (known === undefined) {
      known = pattern.test(String.fromCodePoint(codePoint));
      found.set(codePoint, known);
    }
    return known;
  };
  return (text, start, end, emit) => {
    for (let at = start; at < end; ) {
      const codePoint = text.codePointAt(at)!;
      const next = at + (codePoint > 0xffff ? 2 : 1);
      if (matches(codePoint)) emit(at, next);
      at = next;
    }
  };
}
