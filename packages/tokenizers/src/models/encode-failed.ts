import { NextTokenError } from '@nexttoken/model';

/** The error for a word that a vocabulary without an unknown token cannot spell. */
export function encodeFailed(word: string, kind: string): NextTokenError {
  const text = word.length > 80 ? `${word.slice(0, 80)}…` : word;
  const details = { text, length: word.length, kind };
  return new NextTokenError('encode-failed', `${kind} has no token for ${JSON.stringify(text)}`, details);
}
