import { classAt, letter, number, other, runEnd, space } from './character-class';
import { contractionEnd } from './contraction-end';
import type { Scanner } from './scanner';
import { spaceEnd } from './space-end';

const kinds = letter | number | other;

/** GPT-2's pattern. */
export const gpt2Pattern =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** The words of {@link gpt2Pattern}, scanned by character class: no regular expression, no stack. */
export const gpt2Scanner: Scanner = (text, at, end) => {
  const contraction = contractionEnd(text, at, end, false);
  if (contraction !== -1) return contraction;
  const kind = classAt(text, at) & kinds;
  if (kind !== 0) return runEnd(text, at, end, kind);
  if (text.charCodeAt(at) === 0x20 && at + 1 < end) {
    const following = classAt(text, at + 1);
    if ((following & space) === 0) return runEnd(text, at + 1, end, following & kinds);
  }
  return spaceEnd(text, at, end);
};
