import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beamSearch, collect, generate, modelDraft } from '@nexttoken/generate';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { type LoadedModel, load } from '@nexttoken/load';
import { categorical } from '@nexttoken/sampling';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchema } from './json-schema';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const count = { type: 'integer', minimum: 0, maximum: 10_000 };

/** What stands in a text, and what should be found there. */
const tasks: readonly (readonly [text: string, schema: object, expected: Record<string, unknown>])[] = [
  ['My name is Anna and I am 31 years old.', object({ name: text, age: count }), { name: 'Anna', age: 31 }],
  [
    'The train from Paris to Berlin leaves at 9.',
    object({ from: text, to: text }),
    { from: 'Paris', to: 'Berlin' },
  ],
  [
    'We bought 12 apples at the market.',
    object({ fruit: text, number: count }),
    { fruit: 'apples', number: 12 },
  ],
  ['The car is red and very fast.', object({ color: { enum: ['red', 'green', 'blue'] } }), { color: 'red' }],
  [
    'Tom has a dog called Rex.',
    object({ owner: text, animal: { enum: ['cat', 'dog', 'bird'] } }),
    { owner: 'Tom', animal: 'dog' },
  ],
  [
    'The film was wonderful, I loved every minute.',
    object({ sentiment: { enum: ['positive', 'negative'] } }),
    { sentiment: 'positive' },
  ],
  [
    'The meeting is on 2024-05-17 in Rome.',
    object({ date: { type: 'string', format: 'date' }, city: text }),
    { date: '2024-05-17', city: 'Rome' },
  ],
  ['The phone costs 499 dollars.', object({ product: text, price: count }), { product: 'phone', price: 499 }],
  [
    'Write to maria@example.com for help.',
    object({ email: { type: 'string', format: 'email' } }),
    { email: 'maria@example.com' },
  ],
  [
    'It is 25 degrees in Madrid today.',
    object({ city: text, temperature: count }),
    { city: 'Madrid', temperature: 25 },
  ],
];

const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

describe.skipIf(!hasShared)('SmolLM2-135M-Instruct extracts', () => {
  let cacheFolder: string;
  let loaded: LoadedModel;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-extraction-'));
    loaded = await load(sharedPath('data/models/smollm2-135m-instruct'), { cacheFolder });
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  const promptOf = (source: string, schema: object): Int32Array => {
    const fields = Object.keys((schema as { properties: object }).properties).join(', ');
    const content = `Extract the ${fields} from this text as JSON.\n\nText: ${source}`;
    const rendered = loaded.chatTemplate!.render([{ role: 'user', content }]);
    return loaded.tokenizer.encode(rendered, { addSpecialTokens: false }).ids;
  };

  test('ten texts: always valid, mostly right', { timeout: 300_000 }, async () => {
    const { model, tokenizer, generationConfig } = loaded;
    const { endTokenIds } = generationConfig;
    let right = 0;
    for (const [source, schema, expected] of tasks) {
      const row = await collect(
        generate({
          model,
          tokenizer,
          endTokenIds,
          prompt: promptOf(source, schema),
          object: jsonSchema<Record<string, unknown>>(schema, { tokenizer, endTokenIds }),
          maxNewTokens: 80,
        }),
      );
      expect([row.objectStatus, row.reason]).toEqual(['complete', 'end-token']);
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      expect(ajv.validate(schema, row.object)).toBe(true);
      const isRight = Object.entries(expected).every(([name, value]) => same(row.object?.[name], value));
      if (isRight) right++;
      console.info(`${isRight ? 'right' : 'wrong'}: ${source} → ${row.text}`);
    }
    console.info(`${right} of ${tasks.length} right`);
    expect(right).toBeGreaterThanOrEqual(6);
  });

  test('beams and a draft keep to the grammar too', { timeout: 300_000 }, async () => {
    const { model, tokenizer, generationConfig } = loaded;
    const { endTokenIds } = generationConfig;
    const [source, schema] = tasks[0]!;
    const options = { model, tokenizer, endTokenIds, prompt: promptOf(source, schema), maxNewTokens: 60 };
    const processors = jsonSchema(schema, { tokenizer, endTokenIds });
    const texts: string[] = [];
    for await (const event of beamSearch({ ...options, processors, numBeams: 4, numReturnSequences: 4 })) {
      if (event.type === 'finish') texts.push(event.text);
    }
    const drafted = generate({
      ...options,
      processors,
      sampler: categorical(),
      seed: 5,
      draft: modelDraft(model),
    });
    texts.push((await collect(drafted)).text);
    expect(texts).toHaveLength(5);
    for (const written of texts) expect(new Ajv2020().validate(schema, JSON.parse(written))).toBe(true);
  });
});
