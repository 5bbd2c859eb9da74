import { accepts } from '../language/combine';
import { toAutomaton } from '../language/to-automaton';
import { keywordsOfType } from './check-keywords';
import type { JsonType, SchemaPart } from './json-schema';
import { refuseKeyword } from './schema-error';
import { stringLanguage } from './string-language';

/** Whether two JSON values are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(
      ([name, value]) => Object.hasOwn(b, name) && sameValue(value, (b as Record<string, unknown>)[name]),
    )
  );
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'boolean' | 'object';
}

function listOf({ schema, pointer }: SchemaPart): readonly unknown[] | undefined {
  if (schema.enum !== undefined && (!Array.isArray(schema.enum) || schema.enum.length === 0)) {
    throw refuseKeyword('enum', pointer, 'must be a list of values');
  }
  const list = schema.enum as readonly unknown[] | undefined;
  if (!Object.hasOwn(schema, 'const')) return list;
  return !list || list.some((value) => sameValue(value, schema.const)) ? [schema.const] : [];
}

function isInRange(value: number, { schema, pointer }: SchemaPart): boolean {
  const bound = (keyword: string): number | undefined => {
    const found = schema[keyword];
    if (found === undefined || typeof found === 'number') return found as number | undefined;
    throw refuseKeyword(keyword, pointer, 'must be a number');
  };
  const step = bound('multipleOf');
  return (
    value >= (bound('minimum') ?? value) &&
    value <= (bound('maximum') ?? value) &&
    !(value <= (bound('exclusiveMinimum') ?? Number.NEGATIVE_INFINITY)) &&
    !(value >= (bound('exclusiveMaximum') ?? Number.POSITIVE_INFINITY)) &&
    (step === undefined || Number.isInteger(value / step))
  );
}

function fits(value: unknown, parts: readonly SchemaPart[], types: readonly JsonType[]): boolean {
  const type = typeOf(value);
  if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) return false;
  if (typeof value === 'number') return parts.every((part) => isInRange(value, part));
  if (typeof value === 'string') {
    const limits = parts.some(({ schema }) =>
      keywordsOfType.string.some((keyword) => schema[keyword] !== undefined),
    );
    return !limits || accepts(toAutomaton(stringLanguage(parts)), value);
  }
  if (type !== 'array' && type !== 'object') return true;
  for (const { schema, pointer } of parts) {
    const keyword = keywordsOfType[type].find((name) => schema[name] !== undefined);
    if (keyword)
      throw refuseKeyword(keyword, pointer, `is not supported beside listed values that are ${type}s`);
  }
  return true;
}

/**
 * The values that `enum` and `const` list, those that the other keywords allow.
 * @returns `undefined` where no part lists any
 */
export function listedValues(
  parts: readonly SchemaPart[],
  types: readonly JsonType[],
): readonly unknown[] | undefined {
  const lists = parts.flatMap((part) => {
    const list = listOf(part);
    return list ? [list] : [];
  });
  if (lists.length === 0) return undefined;
  return lists[0]!.filter(
    (value) =>
      lists.every((list) => list.some((other) => sameValue(value, other))) && fits(value, parts, types),
  );
}
