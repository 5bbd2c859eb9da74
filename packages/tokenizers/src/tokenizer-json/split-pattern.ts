import type { JsonPart } from './read-json';

/**
 * `Split` with any behavior and `invert`, as an equal `Split` that only isolates matches or removes what is
 * not matched: those two are what the JavaScript implementation has.
 */
export function splitPattern(config: JsonPart): Record<string, unknown> {
  const source = readPattern(config);
  const behavior = config.string('behavior', 'Isolated');
  const invert = config.flag('invert', false);
  const isolated = (pattern: string) => split(pattern, 'Isolated', false);
  if (behavior === 'Removed') return split(source, 'Removed', invert);
  if (behavior === 'Isolated') return isolated(source);
  if (invert) throw config.error('invert', `with behavior ${behavior} is not supported`);
  const unmatched = `(?:(?!${source})[\\s\\S])*`;
  if (behavior === 'Contiguous') return isolated(`(?:${source})+`);
  if (behavior === 'MergedWithPrevious') return isolated(`${unmatched}(?:${source})`);
  if (behavior === 'MergedWithNext') return isolated(`(?:${source})${unmatched}`);
  throw config.error('behavior', `is unknown: ${behavior}`);
}

/** A `Split` over a regular expression in the notation of tokenizer.json (Oniguruma). */
export function split(pattern: string, behavior: 'Isolated' | 'Removed', invert: boolean) {
  const type: 'Split' = 'Split';
  return { type, pattern: { Regex: foldLongS(pattern) }, behavior, invert };
}

function readPattern(config: JsonPart): string {
  const pattern = config.part('pattern');
  if (typeof pattern.value.Regex === 'string') return pattern.value.Regex;
  if (typeof pattern.value.String === 'string') return escapePattern(pattern.value.String);
  throw config.error('pattern', 'must hold a String or a Regex');
}

export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Within `(?i:…)`, `s` also stands for the long s (U+017F), the one non-ASCII letter that folds to it. */
function foldLongS(pattern: string): string {
  return pattern.replace(/\(\?i:[^()]*\)/g, (group) => {
    let inClass = false;
    return group.replace(/\\.|[[\]s]/g, (found) => {
      if (found === '[') inClass = true;
      if (found === ']') inClass = false;
      return found === 's' ? (inClass ? 's\u017f' : '[s\u017f]') : found;
    });
  });
}
