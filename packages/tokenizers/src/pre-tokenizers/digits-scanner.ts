import { after, classAt, letter, number, other, runEnd, space } from './character-class';
import type { Scanner } from './scanner';

/** Cuts between numbers (`\p{N}`) and everything else. */
export function digitsScanner(individual: boolean): Scanner {
  return (text, at, end) => {
    if ((classAt(text, at) & number) === 0) return runEnd(text, at, end, letter | space | other);
    return individual ? after(text, at) : runEnd(text, at, end, number);
  };
}
