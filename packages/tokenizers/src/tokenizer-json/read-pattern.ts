import { compilePattern } from '../pre-tokenizers/compile-pattern';
import type { JsonPart } from './read-json';

/** Reads `pattern`: `{ String }` as it is, or `{ Regex }` in JavaScript's notation. */
export function readPattern(config: JsonPart): string | RegExp {
  const pattern = config.part('pattern');
  const { String: text, Regex: regex } = pattern.value;
  if (typeof text === 'string') {
    if (text === '') throw config.error('pattern', 'must not be empty');
    return text;
  }
  if (typeof regex !== 'string') throw config.error('pattern', 'must hold a String or a Regex');
  try {
    return compilePattern(regex);
  } catch (cause) {
    throw config.error('pattern', `cannot be used: ${(cause as Error).message}`);
  }
}
