import { type EncodeOptions, invalidParameter, NextTokenError } from '@nexttoken/model';
import { replaceLoneSurrogates } from '../bytes/utf8';

/** Newer than the declared library; every supported runtime has it. */
const isWellFormed = (String.prototype as { isWellFormed?: (this: string) => boolean }).isWellFormed;

/**
 * A text with a form in UTF-8: halves of surrogate pairs that stand alone are an error, or become U+FFFD.
 * Lengths stay the same.
 */
export function checkWellFormed(text: string, illFormed: EncodeOptions['illFormed'] = 'error'): string {
  if (typeof text !== 'string') throw invalidParameter('encode', 'text', text, 'a string');
  if (illFormed !== 'error' && illFormed !== 'replace') {
    throw invalidParameter('encode', 'illFormed', illFormed, "'error' or 'replace'");
  }
  if (isWellFormed?.call(text)) return text;
  if (illFormed === 'replace') return replaceLoneSurrogates(text);
  const at = text.search(/\p{Surrogate}/u);
  if (at === -1) return text;
  const unit = text.charCodeAt(at).toString(16).toUpperCase();
  const details = {
    text: text.slice(Math.max(0, at - 20), at + 20),
    kind: 'ill-formed',
    at,
    unit: `U+${unit}`,
  };
  const message = `the text is not well-formed: half a surrogate pair (U+${unit}) at ${at}; illFormed: 'replace' takes it for U+FFFD`;
  throw new NextTokenError('encode-failed', message, details);
}
