import { isObject } from './check-keywords';
import type { Schema, SchemaObject } from './json-schema';
import { refuseKeyword } from './schema-error';

/**
 * The schema that a `$ref` names, and where it stands: JSON pointers within the same document (`#`, `#/$defs/name`).
 * @throws NextTokenError `unsupported-schema` for other documents, anchors, and places where nothing stands
 */
export function resolveReference(
  root: SchemaObject,
  reference: unknown,
  pointer: string,
): { readonly schema: Schema; readonly pointer: string } {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) {
    throw refuseKeyword(
      '$ref',
      pointer,
      `${JSON.stringify(reference)} is no JSON pointer within the schema (#/…)`,
    );
  }
  const names = decodeURIComponent(reference)
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let schema: unknown = root;
  for (const name of names) {
    const inner: unknown =
      typeof schema === 'object' && schema !== null ? (schema as SchemaObject)[name] : undefined;
    if (inner === undefined || !Object.hasOwn(schema as object, name)) {
      throw refuseKeyword('$ref', pointer, `nothing stands at ${reference}`);
    }
    schema = inner;
  }
  if (typeof schema !== 'boolean' && !isObject(schema)) {
    throw refuseKeyword('$ref', pointer, `what stands at ${reference} is no schema`);
  }
  return { schema, pointer: reference };
}
