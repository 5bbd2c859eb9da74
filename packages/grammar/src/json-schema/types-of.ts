import { keywordsOfType } from './check-keywords';
import type { JsonType, SchemaPart } from './json-schema';
import { refuseKeyword } from './schema-error';

const allTypes: readonly JsonType[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

function declaredTypes({ schema, pointer }: SchemaPart): readonly JsonType[] | undefined {
  if (schema.type === undefined) return undefined;
  const types = [schema.type].flat() as JsonType[];
  if (types.length > 0 && types.every((type) => allTypes.includes(type))) return types;
  throw refuseKeyword('type', pointer, `must be one or some of ${allTypes.join(', ')}`);
}

/** The type that keywords alone speak of, e.g. an object where there are `properties`. */
function impliedType(parts: readonly SchemaPart[]): readonly JsonType[] {
  const spoken = (Object.keys(keywordsOfType) as (keyof typeof keywordsOfType)[]).filter((type) =>
    parts.some(({ schema }) => keywordsOfType[type].some((keyword) => schema[keyword] !== undefined)),
  );
  return spoken.length === 1 ? spoken : allTypes.filter((type) => type !== 'integer');
}

/**
 * The types that values of all parts have; an integer is a number too. Where no part names a type and the keywords are
 * those of one type alone, it is that one.
 */
export function typesOf(parts: readonly SchemaPart[]): readonly JsonType[] {
  const declared = parts.flatMap((part) => {
    const types = declaredTypes(part);
    return types ? [types] : [];
  });
  if (declared.length === 0) return impliedType(parts);
  const integers = (types: readonly JsonType[]) => types.includes('number') || types.includes('integer');
  return allTypes.filter((type) => {
    if (type === 'integer')
      return declared.every(integers) && !declared.every((types) => types.includes('number'));
    return declared.every((types) => types.includes(type));
  });
}
