import { type CollectedRow, collect, generate } from '@nexttoken/generate';
import type { LanguageModel, Tokenizer } from '@nexttoken/model';
import { NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { categorical, temperature } from '@nexttoken/sampling';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { jsonSchema } from '../processors/json-schema';
import { randomSchema } from './random-schema';

/** How runs over random schemas went. */
interface SchemaRuns {
  finished: number;
  /** Texts that a limit cut short. */
  unfinished: number;
  /** Schemas that nothing fits, by Ajv too, as far as it can tell. */
  refused: string[];
  /** What was finished and is not valid: has to stay empty. */
  readonly invalid: string[];
}

interface SchemaRunOptions {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly endTokenIds: readonly number[];
  readonly prompt: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Generates with random schemas at temperature 1.5 and has Ajv judge what was finished. */
export async function schemaRuns(options: SchemaRunOptions): Promise<SchemaRuns> {
  const { model, tokenizer, endTokenIds, prompt, from, to } = options;
  // The package is CommonJS: its types know the function as `default`.
  const withFormats = addFormats as unknown as (ajv: Ajv2020) => void;
  const runs: SchemaRuns = { finished: 0, unfinished: 0, refused: [], invalid: [] };
  for (let seed = from; seed < to; seed++) {
    const schema = randomSchema(createRandom(seed));
    const ajv = new Ajv2020({ strict: false });
    withFormats(ajv);
    let row: CollectedRow;
    try {
      const processors = [jsonSchema(schema, { tokenizer, endTokenIds }), temperature(1.5)];
      row = await collect(
        generate({
          model,
          tokenizer,
          endTokenIds,
          prompt,
          processors,
          sampler: categorical(),
          seed,
          maxNewTokens: 160,
        }),
      );
    } catch (error) {
      if (!NextTokenError.isInstance(error) || error.code !== 'empty-grammar') {
        throw new Error(`${JSON.stringify(schema)}: ${error}`, { cause: error });
      }
      runs.refused.push(JSON.stringify(schema));
      continue;
    }
    if (row.reason !== 'end-token') {
      runs.unfinished++;
      continue;
    }
    runs.finished++;
    const isValid = ajv.validate(schema, JSON.parse(row.text));
    if (!isValid) runs.invalid.push(`${JSON.stringify(schema)} ${row.text} ${ajv.errorsText()}`);
  }
  return runs;
}
