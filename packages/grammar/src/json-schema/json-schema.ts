/** A JSON schema as an object; `true` and `false` are schemas too. */
export type SchemaObject = Readonly<Record<string, unknown>>;
export type Schema = SchemaObject | boolean;

/** A schema and where it stands. */
export interface SchemaPart {
  readonly schema: SchemaObject;
  readonly pointer: string;
}

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** How the text is spaced: what stands behind commas and colons, and around elements. */
export interface Layout {
  readonly comma: string;
  readonly colon: string;
}
