import type { Conjunction } from './flatten';
import { partOf } from './flatten';
import type { JsonType, SchemaPart } from './json-schema';
import { listedValues, sameValue } from './listed-values';
import { pointerTo, refuseKeyword } from './schema-error';
import { typesOf } from './types-of';

const overlap = (a: readonly JsonType[], b: readonly JsonType[]): boolean => {
  const numbers = (types: readonly JsonType[]) => types.includes('number') || types.includes('integer');
  return (numbers(a) && numbers(b)) || a.some((type) => b.includes(type));
};

/** The values that a required property may have, where they are listed. */
function tags(parts: readonly SchemaPart[]): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  const required = new Set(
    parts.flatMap(({ schema }) => (schema.required as readonly string[] | undefined) ?? []),
  );
  for (const { schema, pointer } of parts) {
    for (const [name, value] of Object.entries((schema.properties as object | undefined) ?? {})) {
      const property = required.has(name) ? partOf(value, pointerTo(pointer, 'properties', name)) : undefined;
      const values = property && listedValues(property, typesOf(property));
      if (values) found.set(name, values);
    }
  }
  return found;
}

const distinct = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  !a.some((value) => b.some((other) => sameValue(value, other)));

function areDisjoint(a: Conjunction, b: Conjunction): boolean {
  if (!a || !b) return true;
  const [left, right] = [typesOf(a), typesOf(b)];
  if (!overlap(left, right)) return true;
  const [values, others] = [listedValues(a, left), listedValues(b, right)];
  if (values && others) return distinct(values, others);
  const theirs = tags(b);
  const onlyObjects = left.every((type) => type === 'object') && right.every((type) => type === 'object');
  return (
    onlyObjects && [...tags(a)].some(([name, list]) => theirs.has(name) && distinct(list, theirs.get(name)!))
  );
}

/**
 * `oneOf` is `anyOf` where no value fits two branches: other types, other listed values, or objects with a required
 * property whose listed values differ.
 * @throws NextTokenError `unsupported-schema` where that is not plain to see
 */
export function checkDisjoint({ pointer }: SchemaPart, branches: readonly Conjunction[]): void {
  for (const [index, branch] of branches.entries()) {
    for (let other = 0; other < index; other++) {
      if (areDisjoint(branches[other], branch)) continue;
      const reason = `branches ${other} and ${index} may both fit; give them different types or a property with different constants, or use anyOf`;
      throw refuseKeyword('oneOf', pointer, reason);
    }
  }
}
