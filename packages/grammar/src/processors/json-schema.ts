import { invalidParameter } from '@nexttoken/model';
import type { Schema } from '../json-schema/json-schema';
import { schemaGrammar } from '../json-schema/schema-grammar';
import {
  isStandardSchema,
  jsonSchemaOf,
  type StandardOutput,
  type StandardSchema,
  validate,
} from '../json-schema/standard-schema';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { GrammarOptions, JsonProcessor } from './grammar-processor';
import { type JsonLayout, layoutOf } from './json-layout';

export interface JsonSchemaOptions extends GrammarOptions {
  /** How the JSON is spaced; default `spaced`. */
  readonly layout?: JsonLayout | undefined;
}

const owner = 'jsonSchema';

/** A copy, so that later changes of the caller's object change nothing. */
function plain(schema: unknown): Schema {
  if (typeof schema === 'boolean') return schema;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw invalidParameter(
      owner,
      'schema',
      schema,
      'a JSON schema (an object, true or false) or a Standard Schema',
    );
  }
  try {
    return JSON.parse(JSON.stringify(schema));
  } catch {
    throw invalidParameter(owner, 'schema', schema, 'plain JSON');
  }
}

/**
 * Leaves only what a JSON schema allows: every finished text parses, and is valid.
 *
 * The texts are a part of what the schema allows: one layout, escapes as `JSON.stringify` writes them, properties in the
 * schema's order, further ones only where `additionalProperties` is given (or no `properties` are), numbers of at most 15
 * digits. A schema that names no type and has keywords of one type alone means that type.
 *
 * Supported: `type`, `enum`, `const`; `minLength`, `maxLength`, `pattern` (ECMAScript with `u`: classes, groups,
 * lookaheads; no lookbehind, backreference, word boundary), `format` (date, time, date-time, duration, email, hostname,
 * ipv4, ipv6, uuid, uri); `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf` (integers, with
 * bounds); `items`, `prefixItems`, `minItems`, `maxItems`; `properties`, `required`, `additionalProperties`,
 * `propertyNames`, `minProperties`, `maxProperties` (where they follow from what is required); `anyOf`, `oneOf` (branches
 * that exclude each other), `allOf`, `$ref` within the schema, also recursive. All of them may be combined.
 *
 * Cost: compiled lazily, nothing but the schema is read at once; the vocabulary once a tokenizer (about 0.1 s for 49,152
 * tokens); a mask well below 1 ms, nothing where the text has come to the same place before.
 * Source: JSON Schema 2020-12; draft 7's `definitions` and lists of `items`.
 *
 * @param schema JSON schema, or a Standard Schema that tells its JSON schema (zod; valibot by `toStandardJsonSchema`);
 *   that one's own validation comes last and types the value
 * @param options the tokenizer; the layout
 * @throws NextTokenError `unsupported-schema` for every keyword or value that would not be honoured, by its JSON pointer;
 *   `empty-grammar` where no finite text fits; `grammar-too-large`; `grammar-stuck` where the vocabulary cannot spell the
 *   beginning; `invalid-parameter`, `unsupported-option`
 */
export function jsonSchema<Schema extends StandardSchema>(
  schema: Schema,
  options: JsonSchemaOptions,
): JsonProcessor<StandardOutput<Schema>>;
export function jsonSchema<Value = unknown>(
  schema: object | boolean,
  options: JsonSchemaOptions,
): JsonProcessor<Value>;
export function jsonSchema(schema: object | boolean, options: JsonSchemaOptions): JsonProcessor {
  checkGrammarOptions(owner, options, ['layout']);
  const { layout = 'spaced' } = options;
  const standard = isStandardSchema(schema) ? schema : undefined;
  const read = plain(standard ? jsonSchemaOf(standard) : schema);
  const grammar = schemaGrammar(read, layoutOf(owner, layout));
  return {
    ...createGrammarProcessor(owner, { schema: read, layout }, grammar, options),
    output: {
      parse: (text) => {
        const value: unknown = JSON.parse(text);
        return standard ? validate(standard, value) : value;
      },
    },
  };
}
