import { after, classAt, letter, newline, number, other, runEnd } from './character-class';
import { contractionEnd } from './contraction-end';
import type { Scanner } from './scanner';
import { lineOrSpaceEnd } from './space-end';

/** The pattern of cl100k and Llama 3 (`digits` 3) and of Qwen 2 (`digits` 1). */
export function llama3Pattern(digits: 1 | 3): string {
  const count = digits === 1 ? '' : `{1,${digits}}`;
  return (
    `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}${count}` +
    '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'
  );
}

/** The words of {@link llama3Pattern}, scanned by character class. */
export function llama3Scanner(digits: 1 | 3): Scanner {
  return (text, at, end) => {
    const kind = classAt(text, at);
    if ((kind & letter) !== 0) return runEnd(text, at, end, letter);
    const contraction = contractionEnd(text, at, end, true);
    if (contraction !== -1) return contraction;
    if ((kind & number) !== 0) return numberEnd(text, at, end, digits);
    const next = after(text, at);
    const following = next < end ? classAt(text, next) : 0;
    if ((kind & newline) === 0 && (following & letter) !== 0) return runEnd(text, next, end, letter);
    if ((kind & other) !== 0) return symbolsEnd(text, at, end);
    if (text.charCodeAt(at) === 0x20 && (following & other) !== 0) return symbolsEnd(text, next, end);
    return lineOrSpaceEnd(text, at, end);
  };
}

/** Where at most `digits` numbers end. */
export function numberEnd(text: string, start: number, end: number, digits: number): number {
  let at = start;
  for (let count = 0; count < digits && at < end && (classAt(text, at) & number) !== 0; count++) {
    at = after(text, at);
  }
  return at;
}

function symbolsEnd(text: string, at: number, end: number): number {
  return runEnd(text, runEnd(text, at, end, other), end, newline);
}
