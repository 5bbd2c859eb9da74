import { after, classAt, letter, lower, newline, number, other, runEnd, upper } from './character-class';
import { contractionEnd } from './contraction-end';
import { numberEnd } from './llama3-scanner';
import type { Scanner } from './scanner';
import { lineOrSpaceEnd } from './space-end';

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
const head = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const tail = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';

/** The pattern of o200k. */
export const o200kPattern = [
  `[^\\r\\n\\p{L}\\p{N}]?${head}*${tail}+${contractions}`,
  `[^\\r\\n\\p{L}\\p{N}]?${head}+${tail}*${contractions}`,
  '\\p{N}{1,3}',
  ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*',
  '\\s*[\\r\\n]+',
  '\\s+(?!\\S)',
  '\\s+',
].join('|');

/** The words of {@link o200kPattern}, scanned by character class. */
export const o200kScanner: Scanner = (text, at, end) => {
  const kind = classAt(text, at);
  const next = after(text, at);
  // One character that is neither letter nor number nor line break may come first.
  const skips = (kind & (letter | number | newline)) === 0 && next < end;
  let word = -1;
  if (skips) word = headTailEnd(text, next, end);
  if (word === -1) word = headTailEnd(text, at, end);
  if (word === -1 && skips) word = headEnd(text, next, end);
  if (word === -1) word = headEnd(text, at, end);
  if (word !== -1) {
    const contraction = contractionEnd(text, word, end, true);
    return contraction === -1 ? word : contraction;
  }
  if ((kind & number) !== 0) return numberEnd(text, at, end, 3);
  if ((kind & other) !== 0) return symbolsEnd(text, at, end);
  const spaced = text.charCodeAt(at) === 0x20 && next < end && (classAt(text, next) & other) !== 0;
  return spaced ? symbolsEnd(text, next, end) : lineOrSpaceEnd(text, at, end);
};

/** `head* tail+`: what the greedy head takes and the tail needs is given back, one character at a time. */
function headTailEnd(text: string, start: number, end: number): number {
  const middle = runEnd(text, start, end, upper);
  const stop = runEnd(text, middle, end, lower);
  if (stop > middle) return stop;
  for (let at = middle; at > start; ) {
    const before = (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00 ? at - 2 : at - 1;
    if ((classAt(text, before) & lower) !== 0) return at;
    at = before;
  }
  return -1;
}

/** `head+ tail*` where no tail follows the head: the head alone. */
function headEnd(text: string, start: number, end: number): number {
  const middle = runEnd(text, start, end, upper);
  return middle > start ? runEnd(text, middle, end, lower) : -1;
}

function symbolsEnd(text: string, start: number, end: number): number {
  let at = runEnd(text, start, end, other);
  for (; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x0a && unit !== 0x0d && unit !== 0x2f) break;
  }
  return at;
}
