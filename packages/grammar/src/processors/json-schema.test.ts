import { NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allows } from '../testing/allows';
import { byteTokenizer } from '../testing/byte-tokenizer';
import { randomSchema } from '../testing/random-schema';
import { jsonSchema } from './json-schema';

const tokenizer = byteTokenizer();
const make = (schema: object | boolean) => jsonSchema(schema, { tokenizer });
const says = (schema: object | boolean, text: string) => allows(make(schema), text, tokenizer);

function refusal(schema: unknown): NextTokenError {
  try {
    make(schema as object);
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(schema)}`);
}

test('is data: type, parameters, and a state that is a value', () => {
  const processor = make({ type: 'string', maxLength: 2 });
  expect(processor).toMatchObject({
    kind: 'processor',
    type: 'jsonSchema',
    parameters: { schema: { type: 'string', maxLength: 2 }, layout: 'spaced' },
  });
  const start = processor.initialState();
  const quote = tokenizer.encode('"').ids[0]!;
  expect(processor.accept(start, quote)).toEqual(processor.accept(start, quote));
  expect(processor.constraint.describe(start).forcedText).toBe('"');
});

describe('what is allowed', () => {
  const person = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      age: { type: 'integer', minimum: 0, maximum: 120 },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['name', 'age'],
  };
  test.each([
    [person, '{"name": "Ada", "age": 36}', true],
    [person, '{"name": "Ada", "age": 36, "tags": ["a", "b"]}', true],
    [person, '{"name": "A\\"d\\\\a\\n", "age": 0, "tags": []}', true],
    [person, '{"age": 36, "name": "Ada"}', false],
    [person, '{"name": "Ada", "age": 121}', false],
    [person, '{"name": "Ada"}', false],
    [person, '{"name": "Ada", "age": 36, "x": 1}', false],
    [person, '{"name":"Ada","age":36}', false],
    [{ type: 'object', properties: { a: { type: 'null' }, b: { type: 'null' } } }, '{"b": null}', true],
    [{ type: 'object', properties: { a: { type: 'null' }, b: { type: 'null' } } }, '{}', true],
    [
      { properties: { a: { type: 'null' } }, additionalProperties: { type: 'boolean' } },
      '{"a": null, "z": true}',
      true,
    ],
    [
      { properties: { a: { type: 'null' } }, additionalProperties: { type: 'boolean' } },
      '{"a": true}',
      false,
    ],
    [{ type: 'object' }, '{"any": [1, {"thing": null}]}', true],
    [{ propertyNames: { pattern: '^[a-z]$' } }, '{"a": 1, "b": 2}', true],
    [{ propertyNames: { pattern: '^[a-z]$' } }, '{"ab": 1}', false],
    [{ type: 'object', minProperties: 1 }, '{}', false],
    [{ enum: ['a', 1, { x: [true] }] }, '{"x": [true]}', true],
    [{ enum: ['a', 1], type: 'string' }, '1', false],
    [{ const: 'a "b"' }, '"a \\"b\\""', true],
    [{ type: 'string', minLength: 2, maxLength: 3 }, '"日本"', true],
    [{ type: 'string', minLength: 2, maxLength: 3 }, '"a"', false],
    [{ type: 'string', maxLength: 100_000 }, `"${'x'.repeat(1000)}"`, true],
    [{ type: 'string', pattern: 'b' }, '"abc"', true],
    [{ type: 'string', pattern: '^(?!.*\\.\\.)[a-z.]+$' }, '"a..b"', false],
    [{ type: 'string', pattern: '^[a-z]+$', maxLength: 2 }, '"abc"', false],
    [{ type: 'string', format: 'date' }, '"2024-02-29"', true],
    [{ type: 'string', format: 'date' }, '"2023-02-29"', false],
    [{ type: 'string', format: 'ipv6' }, '"2001:db8::1"', true],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, '0', false],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, '0.000001', true],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, '1.0', true],
    [{ type: 'number', minimum: -2.5, maximum: -1.25 }, '-2.51', false],
    [{ type: 'number', minimum: -2.5, maximum: -1.25 }, '-1.3', true],
    [{ type: 'integer', multipleOf: 5, minimum: 0, maximum: 20 }, '15', true],
    [{ type: 'integer', multipleOf: 5, minimum: 0, maximum: 20 }, '16', false],
    [
      { type: 'array', prefixItems: [{ type: 'null' }, { type: 'boolean' }], items: false, minItems: 2 },
      '[null, true]',
      true,
    ],
    [
      { type: 'array', items: [{ type: 'null' }], additionalItems: { type: 'boolean' } },
      '[null, true, false]',
      true,
    ],
    [{ type: 'array', items: { type: 'null' }, minItems: 1, maxItems: 2 }, '[null, null, null]', false],
    [{ anyOf: [{ type: 'null' }, { type: 'string' }], maxLength: 1 }, '"ab"', false],
    [{ oneOf: [{ type: 'null' }, { type: 'string' }] }, 'null', true],
    [{ allOf: [{ type: 'integer', minimum: 3 }, { maximum: 4 }] }, '5', false],
    [{ $ref: '#/$defs/n', minimum: 3, $defs: { n: { type: 'integer', maximum: 4 } } }, '2', false],
    [{ $ref: '#/$defs/n', minimum: 3, $defs: { n: { type: 'integer', maximum: 4 } } }, '3', true],
    [
      {
        type: 'object',
        properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } },
        required: ['next'],
      },
      '{"next": {"next": null}}',
      true,
    ],
    [true, '[1, {"a": -1.5e3}]', true],
    [{ description: 'anything' }, '"x"', true],
  ])('%j: %s → %s', (schema, text, expected) => {
    expect(says(schema as object, text)).toBe(expected);
    if (expected)
      expect(
        new Ajv2020({ strict: false, formats: { date: true, ipv6: true } }).validate(
          rest(schema),
          JSON.parse(text),
        ),
      ).toBe(true);
  });
});

/** Draft 2020-12 does not know lists of items. */
const rest = (schema: unknown): object | boolean =>
  typeof schema === 'object' && Array.isArray((schema as { items?: unknown }).items)
    ? true
    : (schema as object);

describe('what would be ignored is refused, by keyword and pointer', () => {
  test.each([
    [{ not: {} }, 'not', '#/not'],
    [{ type: 'object', properties: { a: { if: true } } }, 'if', '#/properties/a/if'],
    [{ patternProperties: {} }, 'patternProperties', '#/patternProperties'],
    [{ type: 'array', contains: true }, 'contains', '#/contains'],
    [{ type: 'array', items: { type: 'string' }, uniqueItems: true }, 'uniqueItems', '#/uniqueItems'],
    [{ type: 'number', multipleOf: 0.01 }, 'multipleOf', '#/multipleOf'],
    [{ type: 'integer', multipleOf: 7 }, 'multipleOf', '#/multipleOf'],
    [{ format: 'iri' }, 'format', '#/format'],
    [{ pattern: '(?<=a)b' }, 'pattern', '#/pattern'],
    [{ pattern: '[' }, 'pattern', '#/pattern'],
    [{ maxLenght: 3 }, 'maxLenght', '#/maxLenght'],
    [{ minLength: -1 }, 'minLength', '#/minLength'],
    [{ type: 'text' }, 'type', '#/type'],
    [{ enum: [] }, 'enum', '#/enum'],
    [{ anyOf: [] }, 'anyOf', '#/anyOf'],
    [{ properties: { 'a/b': 3 } }, 'a/b', '#/properties/a~1b'],
    [{ oneOf: [{ type: 'string' }, { type: 'string', maxLength: 3 }] }, 'oneOf', '#/oneOf'],
    [{ $ref: 'https://example.com/schema' }, '$ref', '#/$ref'],
    [{ $ref: '#/$defs/missing' }, '$ref', '#/$ref'],
    [{ $ref: '#' }, '$ref', '#/$ref'],
    [{ type: 'object', properties: { a: {}, b: {} }, maxProperties: 1 }, 'maxProperties', '#/maxProperties'],
    [{ type: 'object', minProperties: 3 }, 'minProperties', '#/minProperties'],
    [{ minimum: 1e300 }, 'minimum', '#/minimum'],
    [{ unevaluatedProperties: false }, 'unevaluatedProperties', '#/unevaluatedProperties'],
  ])('%j', (schema, keyword, pointer) => {
    const { code, details, message } = refusal(schema);
    expect([code, details.pointer]).toEqual(['unsupported-schema', pointer]);
    expect(message).toContain(keyword);
  });

  test.each([
    [false],
    [{ type: 'string', enum: [1] }],
    [{ minLength: 3, maxLength: 2 }],
    [{ type: 'integer', minimum: 1.2, maximum: 1.8 }],
    [{ allOf: [{ type: 'string' }, { type: 'null' }] }],
    [{ type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
    [{ type: 'object', required: ['a'], properties: { a: false } }],
    [{ type: 'string', pattern: '^a$', minLength: 2 }],
  ])('%j allows nothing', (schema) => {
    expect(refusal(schema).code).toBe('empty-grammar');
  });

  test('what is no schema', () => {
    for (const schema of [null, 3, 'x', [1]]) expect(refusal(schema).code).toBe('invalid-parameter');
    expect(refusal({ type: 'string', pattern: '^a', maxLength: 10 ** 6 })).toMatchObject({
      details: { keyword: 'pattern' },
    });
    expect(refusal({ const: 'x'.repeat(500_000) }).code).toBe('grammar-too-large');
    expect(says({ type: 'string', minLength: 2, maxLength: 10 ** 9 }, '"abc"')).toBe(true);
  });
});

test('random schemas, drawn evenly over tokens: what comes out is valid', () => {
  for (let seed = 1000; seed < 1060; seed++) {
    const random = createRandom(seed);
    const schema = randomSchema(random);
    let processor: ReturnType<typeof make>;
    try {
      processor = make(schema);
    } catch (error) {
      expect(error).toMatchObject({ code: 'empty-grammar' });
      continue;
    }
    let state = processor.initialState();
    const ids: number[] = [];
    const { constraint } = processor;
    while (!constraint.isComplete(state) && ids.length < 600) {
      if (constraint.describe(state).mayEnd && random.next() < 0.3) break;
      const allowed = Array.from({ length: 256 }, (_, id) => id).filter((id) =>
        constraint.isAllowed(state, id),
      );
      const id = allowed[Math.floor(random.next() * allowed.length)]!;
      ids.push(id);
      state = processor.accept(state, id);
    }
    if (!constraint.describe(state).mayEnd) continue;
    const value = JSON.parse(tokenizer.decode(ids));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect([ajv.validate(schema, value), schema, value]).toEqual([true, schema, value]);
  }
});

describe('schemas of validation libraries', () => {
  test('zod: the JSON schema is its own, so is the last word', async () => {
    const schema = z.object({
      email: z.email(),
      age: z.int().min(0).max(150),
      role: z.enum(['admin', 'user']),
      note: z.string().max(20).optional(),
    });
    const processor = jsonSchema(schema, { tokenizer });
    const text = '{"email": "ada@example.com", "age": 36, "role": "admin"}';
    expect(allows(processor, text, tokenizer)).toBe(true);
    expect(allows(processor, text.replace('ada@', 'ada..x@'), tokenizer)).toBe(false);
    const value: z.infer<typeof schema> = await processor.output.parse(text);
    expect(value).toEqual({ email: 'ada@example.com', age: 36, role: 'admin' });
    const even = jsonSchema(
      z.object({ n: z.int().min(0).max(9) }).refine(({ n }) => n % 2 === 0, 'must be even'),
      { tokenizer },
    );
    await expect(even.output.parse('{"n": 3}')).rejects.toMatchObject({
      code: 'invalid-object',
      details: { issues: [{ message: 'must be even' }] },
    });
  });

  test('valibot, wrapped so that it tells its JSON schema', async () => {
    const plain = v.object({
      name: v.pipe(v.string(), v.minLength(1)),
      tags: v.array(v.picklist(['a', 'b'])),
    });
    const processor = jsonSchema(toStandardJsonSchema(plain), { tokenizer });
    expect(allows(processor, '{"name": "x", "tags": ["b"]}', tokenizer)).toBe(true);
    expect(allows(processor, '{"name": "", "tags": []}', tokenizer)).toBe(false);
    expect(await processor.output.parse('{"name": "x", "tags": []}')).toEqual({ name: 'x', tags: [] });
    expect(() => jsonSchema(plain, { tokenizer })).toThrow(/toStandardJsonSchema/);
  });
});
