import { runEnd, space } from './character-class';

/** Where white space that begins at `at` ends by `\s+(?!\S)|\s+`: the last space of several goes with the next word. */
export function spaceEnd(text: string, at: number, end: number): number {
  const stop = runEnd(text, at, end, space);
  return stop === end || stop === at + 1 ? stop : stop - 1;
}

/** The same behind `\s*[\r\n]+`: white space up to its last line break comes first. */
export function lineOrSpaceEnd(text: string, at: number, end: number): number {
  const stop = runEnd(text, at, end, space);
  for (let last = stop - 1; last >= at; last--) {
    const unit = text.charCodeAt(last);
    if (unit === 0x0a || unit === 0x0d) return last + 1;
  }
  return stop === end || stop === at + 1 ? stop : stop - 1;
}
