import { prependText } from '../text/prepend-text';
import type { Normalizer } from './normalizer';

/** Puts a text in front of any text that is not empty. */
export function prepend(prefix: string): Normalizer {
  return { type: 'Prepend', normalize: (source) => prependText(source, prefix) };
}
