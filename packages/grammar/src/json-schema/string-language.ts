import { NextTokenError } from '@nexttoken/model';
import { allCharacters } from '../characters/character-set';
import { type Expression, repeat, set } from '../expression/expression';
import { intersection } from '../language/combine';
import { toAutomaton } from '../language/to-automaton';
import { regexExpression } from '../regex/regex-expression';
import { countOf } from './check-keywords';
import { formats } from './formats';
import type { SchemaPart } from './json-schema';
import { refuseKeyword } from './schema-error';

/** A pattern or format as texts. @throws NextTokenError `unsupported-schema`, naming the keyword */
function patternOf(part: SchemaPart, keyword: 'pattern' | 'format'): Expression | undefined {
  const { schema, pointer } = part;
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw refuseKeyword(keyword, pointer, 'must be a text');
  if (keyword === 'format' && !Object.hasOwn(formats, value)) {
    throw refuseKeyword('format', pointer, `"${value}" is none of ${Object.keys(formats).join(', ')}`);
  }
  try {
    return keyword === 'format' ? regexExpression(formats[value]!, 'whole') : regexExpression(value, 'part');
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    throw refuseKeyword(keyword, pointer, error.message);
  }
}

/**
 * The texts that all string keywords of the parts allow, not yet quoted.
 * @throws NextTokenError `unsupported-schema` for a pattern or format that cannot be honoured
 */
export function stringLanguage(parts: readonly SchemaPart[]): Expression {
  const minimum = Math.max(0, ...parts.map((part) => countOf(part, 'minLength') ?? 0));
  const maximum = Math.min(...parts.map((part) => countOf(part, 'maxLength') ?? Number.POSITIVE_INFINITY));
  const patterns = parts.flatMap((part) =>
    [patternOf(part, 'pattern') ?? [], patternOf(part, 'format') ?? []].flat(),
  );
  if (minimum > maximum) return { type: 'choice', parts: [] };
  const lengths = repeat(set(allCharacters), minimum, maximum);
  const isBounded = minimum > 0 || maximum < Number.POSITIVE_INFINITY;
  const all = isBounded || patterns.length === 0 ? [...patterns, lengths] : patterns;
  if (all.length === 1) return all[0]!;
  const where = parts.find(({ schema }) => schema.pattern !== undefined || schema.format !== undefined)!;
  try {
    return { type: 'automaton', automaton: all.map(toAutomaton).reduce(intersection) };
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    const keyword = where.schema.pattern === undefined ? 'format' : 'pattern';
    throw refuseKeyword(keyword, where.pointer, `together with the other keywords: ${error.message}`);
  }
}
