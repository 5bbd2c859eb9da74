import { invalidParameter } from '@nexttoken/model';
import { schemaGrammar } from '../json-schema/schema-grammar';
import { checkGrammarOptions, createGrammarProcessor } from './create-grammar-processor';
import type { JsonProcessor } from './grammar-processor';
import { layoutOf } from './json-layout';
import type { JsonSchemaOptions } from './json-schema';

export interface JsonOptions extends JsonSchemaOptions {
  /** What the text is: any JSON value (default) or an object. */
  readonly root?: 'value' | 'object' | undefined;
}

/**
 * Leaves only JSON, of any shape. Escapes, layout and numbers as with {@link jsonSchema}; nesting is unbounded.
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `grammar-stuck`
 */
export function json<Value = unknown>(options: JsonOptions): JsonProcessor<Value> {
  checkGrammarOptions('json', options, ['layout', 'root']);
  const { layout = 'spaced', root = 'value' } = options;
  if (root !== 'value' && root !== 'object')
    throw invalidParameter('json', 'root', root, "'value' or 'object'");
  const grammar = { ...schemaGrammar(true, layoutOf('json', layout)), root };
  return {
    ...createGrammarProcessor('json', { layout, root }, grammar, options),
    output: { parse: (text) => JSON.parse(text) as Value },
  };
}
