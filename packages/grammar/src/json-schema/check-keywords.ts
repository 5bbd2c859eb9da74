import { nearestName } from '@nexttoken/model';
import type { SchemaObject, SchemaPart } from './json-schema';
import { refuseKeyword } from './schema-error';

/** Say nothing about which values are valid. */
const annotations = [
  '$schema',
  '$id',
  'id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
];

/** Keywords by the type of value that they speak of. */
export const keywordsOfType = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems'],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
  ],
} as const;

const known: readonly string[] = [
  ...annotations,
  ...Object.values(keywordsOfType).flat(),
  'type',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'allOf',
  '$ref',
];

/** Known to JSON schema, not to us: the reason says why. */
const refused: ReadonlyMap<string, string> = new Map([
  ['not', 'what is not wanted cannot be written'],
  ['if', 'conditions are not supported'],
  ['then', 'conditions are not supported'],
  ['else', 'conditions are not supported'],
  ['dependentRequired', 'dependencies between properties are not supported'],
  ['dependentSchemas', 'dependencies between properties are not supported'],
  ['dependencies', 'dependencies between properties are not supported'],
  [
    'patternProperties',
    'properties by pattern are not supported; additionalProperties with propertyNames is',
  ],
  ['unevaluatedProperties', 'not supported; additionalProperties is'],
  ['unevaluatedItems', 'not supported; items is'],
  ['contains', 'not supported'],
  ['minContains', 'not supported'],
  ['maxContains', 'not supported'],
  ['contentEncoding', 'not supported'],
  ['contentMediaType', 'not supported'],
  ['contentSchema', 'not supported'],
  ['$anchor', 'references by anchor are not supported'],
  ['$dynamicAnchor', 'dynamic references are not supported'],
  ['$dynamicRef', 'dynamic references are not supported'],
  ['$recursiveRef', 'dynamic references are not supported'],
  ['$vocabulary', 'vocabularies are not supported'],
]);

/**
 * Refuses every keyword that would be ignored.
 * @throws NextTokenError `unsupported-schema`
 */
export function checkKeywords({ schema, pointer }: SchemaPart): void {
  for (const keyword of Object.keys(schema)) {
    if (known.includes(keyword) || schema[keyword] === undefined) continue;
    const reason =
      refused.get(keyword) ?? `no keyword of JSON schema; did you mean ${nearestName(keyword, known)}?`;
    throw refuseKeyword(keyword, pointer, reason);
  }
}

/** The keyword as a count. @throws NextTokenError `unsupported-schema` for what is none */
export function countOf({ schema, pointer }: SchemaPart, keyword: string): number | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  throw refuseKeyword(keyword, pointer, 'must be an integer >= 0');
}

/** Whether a value is an object that may be a schema. */
export const isObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a schema says anything about its values (or has a keyword that nobody knows). */
export const constrains = (schema: SchemaObject): boolean =>
  Object.keys(schema).some((keyword) => !annotations.includes(keyword) && schema[keyword] !== undefined);
