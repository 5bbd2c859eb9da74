import { choice, grammar, json, jsonSchema, regex } from '@nexttoken/grammar';
import { type LogitsProcessor, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { ApiError } from '../http/api-error';
import type { Fields } from './fields';

// biome-ignore lint/suspicious/noExplicitAny: a grammar's state is its own affair
type Stage = LogitsProcessor<any>;

/** What a grammar needs to know. */
export interface FormatContext {
  readonly tokenizer: Tokenizer;
  readonly endTokenIds: readonly number[];
}

/** Makes a grammar; its error is told under the field's name. */
function made(name: string, make: () => Stage): readonly Stage[] {
  try {
    return [make()];
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    throw new ApiError(400, `${name}: ${error.message}`, { param: name, code: error.code });
  }
}

/** OpenAI's `response_format`: text, any JSON object, or what a schema allows. */
function responseFormat(fields: Fields, context: FormatContext): readonly Stage[] {
  const format = fields.object('response_format');
  if (!format) return [];
  const type = format.text('type');
  if (type === 'text') {
    format.end();
    return [];
  }
  if (type === 'json_object') {
    format.end();
    return made('response_format', () => json({ ...context, root: 'object' }));
  }
  if (type !== 'json_schema') throw format.wrong('type', '"text", "json_object" or "json_schema"');
  const given = format.object('json_schema');
  if (!given) throw format.wrong('json_schema', 'an object { name, schema }');
  format.end();
  for (const name of ['name', 'description']) given.text(name);
  given.boolean('strict');
  const schema = given.object('schema');
  if (!schema) throw given.wrong('schema', 'a JSON schema');
  given.end();
  return made('response_format.json_schema.schema', () => jsonSchema(schema.values, context));
}

/** vLLM's `structured_outputs`: one of a schema, a regular expression, a list of texts, a grammar. */
function structuredOutputs(fields: Fields, context: FormatContext): readonly Stage[] {
  const given = fields.object('structured_outputs');
  if (!given) return [];
  const kinds = ['json', 'regex', 'choice', 'grammar'].filter((name) => given.has(name));
  given.end();
  const [kind, ...more] = kinds;
  if (kind === undefined || more.length > 0)
    throw fields.wrong('structured_outputs', 'exactly one of json, regex, choice, grammar');
  const name = `structured_outputs.${kind}`;
  if (kind === 'json') {
    const schema = given.object('json')!.values;
    return made(name, () => jsonSchema(schema, context));
  }
  if (kind === 'choice') {
    const texts = given.texts('choice', 1000);
    return made(name, () => choice(texts, context));
  }
  const text = given.text(kind)!;
  return made(name, () => (kind === 'regex' ? regex(text, context) : grammar(text, context)));
}

/**
 * The grammars that an answer has to keep to; they run before all other processors.
 * @throws ApiError 400 that names the field, also for what a schema asks for and cannot be honoured
 */
export function readFormat(fields: Fields, context: FormatContext): readonly Stage[] {
  const stages = [...responseFormat(fields, context), ...structuredOutputs(fields, context)];
  if (stages.length > 1)
    throw fields.wrong('structured_outputs', 'absent where response_format asks for a form');
  return stages;
}
