import { checkKeywords, isObject } from './check-keywords';
import type { Schema, SchemaObject, SchemaPart } from './json-schema';
import { resolveReference } from './resolve-reference';
import { pointerTo, refuseKeyword } from './schema-error';

/** What has to hold together at one place; `undefined`: no value can. */
export type Conjunction = readonly SchemaPart[] | undefined;

/** A schema found at a place. @throws NextTokenError `unsupported-schema` for what is none */
export function partOf(value: unknown, pointer: string): Conjunction {
  if (value === true) return [];
  if (value === false) return undefined;
  if (isObject(value)) return [{ schema: value, pointer }];
  const end = pointer.lastIndexOf('/');
  const name = pointer
    .slice(end + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  throw refuseKeyword(name, pointer.slice(0, end), 'must be a schema');
}

/** Both conjunctions at once. */
export const both = (a: Conjunction, b: Conjunction): Conjunction => (a && b ? [...a, ...b] : undefined);

/** The schemas of a list such as `anyOf`. */
export function schemaList({ schema, pointer }: SchemaPart, keyword: string): readonly Conjunction[] {
  const list = schema[keyword];
  if (!Array.isArray(list) || list.length === 0)
    throw refuseKeyword(keyword, pointer, 'must be a list of schemas');
  return list.map((entry: unknown, index) => partOf(entry, pointerTo(pointer, keyword, index)));
}

/**
 * Puts what `$ref` and `allOf` name beside the parts that name them; every keyword is checked.
 * @throws NextTokenError `unsupported-schema`
 */
export function flatten(root: SchemaObject, parts: readonly SchemaPart[]): Conjunction {
  const found = new Map<SchemaObject, SchemaPart>();
  const open: SchemaPart[] = [...parts];
  const referred: SchemaPart[] = [];
  for (let part = open.shift(); part; part = open.shift()) {
    if (found.has(part.schema)) continue;
    checkKeywords(part);
    found.set(part.schema, part);
    const { schema, pointer } = part;
    const inner: Conjunction[] = [];
    if (schema.$ref !== undefined) {
      const target: { schema: Schema; pointer: string } = resolveReference(root, schema.$ref, pointer);
      referred.push(part);
      if (
        typeof target.schema !== 'boolean' &&
        found.has(target.schema) &&
        Object.keys(schema).length === 1
      ) {
        throw refuseKeyword('$ref', pointer, 'refers to itself without end');
      }
      inner.push(partOf(target.schema, target.pointer));
    }
    if (schema.allOf !== undefined) inner.push(...schemaList(part, 'allOf'));
    for (const conjunction of inner) {
      if (!conjunction) return undefined;
      open.unshift(...conjunction);
    }
  }
  return [...found.values()].map(({ schema, pointer }) => {
    const { $ref: _reference, allOf: _all, ...rest } = schema;
    return schema.$ref === undefined && schema.allOf === undefined
      ? { schema, pointer }
      : { schema: rest, pointer };
  });
}
