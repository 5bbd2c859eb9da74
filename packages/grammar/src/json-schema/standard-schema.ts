import { invalidParameter, NextTokenError } from '@nexttoken/model';

/** What a validation says: a value, or what is wrong. Source: standardschema.dev, version 1. */
type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly unknown[] | undefined;
      }[];
    };

/**
 * A schema of a validation library (zod, valibot, arktype, …) by the Standard Schema interface. That it can also tell its
 * JSON schema is the interface's extension Standard JSON Schema.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
      ...rest: never[]
    ) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
    };
  };
}

/** The type of what the schema's validation returns. */
export type StandardOutput<Schema extends StandardSchema> = NonNullable<
  Schema['~standard']['types']
>['output'];

export const isStandardSchema = (schema: unknown): schema is StandardSchema =>
  (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema;

/**
 * The JSON schema of what the library reads.
 * @throws NextTokenError `invalid-parameter` where the library cannot tell it
 */
export function jsonSchemaOf(schema: StandardSchema): Record<string, unknown> {
  const { vendor, jsonSchema } = schema['~standard'];
  if (typeof jsonSchema?.input === 'function') return jsonSchema.input({ target: 'draft-2020-12' });
  const expected = `one that tells its JSON schema (Standard JSON Schema); ${vendor}'s does not: wrap it, as @valibot/to-json-schema's toStandardJsonSchema does, or hand over JSON schema`;
  throw invalidParameter('jsonSchema', 'schema', vendor, expected);
}

/** The value behind the library's validation. @throws NextTokenError `invalid-object`; details: issues */
export async function validate<Output>(schema: StandardSchema<Output>, value: unknown): Promise<Output> {
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return result.value;
  const issues = result.issues.map(({ message, path }) => ({ message, path: path?.map(String) }));
  const reasons = issues.map(({ message }) => message).join('; ');
  throw new NextTokenError('invalid-object', `the schema refuses the generated value: ${reasons}`, {
    issues,
  });
}
