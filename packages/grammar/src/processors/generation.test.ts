import {
  beamSearch,
  collect,
  type GenerateEvent,
  generate,
  promptLookup,
  startRun,
  verifyRun,
} from '@nexttoken/generate';
import { createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { categorical, chain, temperature, topK } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { byteTokenizer } from '../testing/byte-tokenizer';
import { choice } from './choice';
import { jsonSchema } from './json-schema';
import { regex } from './regex';

const tokenizer = byteTokenizer([
  '{"',
  '": "',
  '", "',
  '"}',
  'first',
  '_name',
  'na',
  'me',
  ': ',
  'tru',
  'tr',
]);
const vocabSize = tokenizer.vocabSize + 3;
const makeModel = () => createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize) });
const schema = {
  type: 'object',
  properties: {
    first_name: { type: 'string', pattern: '^[a-z]{1,4}$' },
    last_name: { type: 'string', pattern: '^[a-z]{1,4}$' },
    member: { type: 'boolean' },
  },
  required: ['first_name', 'last_name', 'member'],
};
const prompt = [65, 66];
const shared = { tokenizer, prompt, maxNewTokens: 200, sampler: categorical() };
interface Person {
  readonly first_name: string;
  readonly last_name: string;
  readonly member: boolean;
}

function expectPerson(text: string): void {
  expect(text).toMatch(/^\{"first_name": "[a-z]{1,4}", "last_name": "[a-z]{1,4}", "member": (true|false)\}$/);
}

describe('jump-forward', () => {
  test('appends what has to follow, as the tokenizer cuts it, without a forward', async () => {
    const object = jsonSchema<Person>(schema, { tokenizer });
    for (let seed = 0; seed < 20; seed++) {
      const [model, plain] = [makeModel(), makeModel()];
      const events: GenerateEvent[] = [];
      for await (const event of generate({ ...shared, model, seed, processors: object })) events.push(event);
      const finish = events.find((event) => event.type === 'finish')!;
      expectPerson(finish.text);
      expect(finish.reason).toBe('end-token');
      const forced = events.filter((event) => event.type === 'forced');
      const steps = events.filter((event) => event.type === 'step');
      // Forced and chosen ids interleave without gap.
      const pieces = [
        ...forced.map(({ step, ids }) => ({ step, ids: [...ids] })),
        ...steps.map(({ step, id }) => ({ step, ids: [id] })),
      ].sort((a, b) => a.step - b.step);
      expect(pieces.flatMap(({ ids }) => ids)).toEqual([...finish.ids]);
      expect(model.log.forwards).toHaveLength(steps.length);
      // The beginning: everything but the last token of the encoding, which what follows could still change.
      const begin = [...tokenizer.encode('{"first_name": "').ids];
      expect(forced[0]).toMatchObject({ step: 0, ids: begin.slice(0, -1) });
      // Each one is the tokenizer's own, cut with the text around it, or the only one that is allowed there.
      for (const { step, ids } of forced) {
        let state = finish.ids
          .slice(0, step)
          .reduce<ReturnType<typeof object.initialState>>(
            (reached, id) => object.accept(reached, id),
            object.initialState(),
          );
        const sofar = [...prompt, ...finish.ids.slice(0, step)];
        for (const id of ids) {
          const { forcedText, allowed } = object.constraint.describe(state);
          const before = tokenizer.decode(sofar.slice(-16));
          const encoded = [...tokenizer.encode(before + forcedText).ids];
          const border = encoded.findIndex((_, at) => tokenizer.decode(encoded.slice(0, at)) === before);
          if (encoded[border] !== id) expect(allowed, `id ${id} in step ${step}`).toBe(1);
          state = object.accept(state, id);
          sofar.push(id);
        }
      }
      const row = await collect(
        generate({ ...shared, model: plain, seed, processors: object, jumpForward: false }),
      );
      expectPerson(row.text);
      expect(row.steps).toHaveLength(row.ids.length);
      expect(plain.log.forwards.length).toBe(row.ids.length);
      expect(model.log.forwards.length).toBeLessThan(0.6 * plain.log.forwards.length);
    }
  });

  test('a border that a token would cross is left to the model', () => {
    // Behind `tr`, the tokenizer itself would have cut `tru`: no token begins at the border.
    const own = choice(['true!', 'tree'], { tokenizer });
    const tr = tokenizer.encode('tr').ids[0]!;
    const u = 'u'.charCodeAt(0);
    const behind = own.accept(own.accept(own.initialState(), tr), u);
    expect(own.constraint.describe(behind).forcedText).toBe('e!');
    expect(own.constraint.forced(behind, [...prompt, tr, u])).toEqual([
      ...tokenizer.encode('e!').ids,
      tokenizer.end,
    ]);
    const start = own.accept(own.initialState(), 't'.charCodeAt(0));
    // `r` is forced behind `t`; `tr` is a token of its own, so nothing but the single allowed token may be appended.
    expect(own.constraint.describe(start).forcedText).toBe('r');
    expect(own.constraint.forced(start, [...prompt, 't'.charCodeAt(0)])).toEqual(['r'.charCodeAt(0)]);
  });

  test('ends where limits, stop strings and minNewTokens say so', async () => {
    const processors = choice(['first_name'], { tokenizer });
    const run = (more: object) => collect(generate({ ...shared, model: makeModel(), processors, ...more }));
    expect(await run({ maxNewTokens: 1 })).toMatchObject({ text: 'first', reason: 'max-new-tokens' });
    expect(await run({ stopStrings: ['st_'] })).toMatchObject({ text: 'fir', reason: 'stop-string' });
    expect(await run({})).toMatchObject({ text: 'first_name', reason: 'end-token', steps: [] });
    expect(await run({ maxLength: 3 })).toMatchObject({ text: 'first', reason: 'max-length' });
    await expect(run({ minNewTokens: 9 })).rejects.toMatchObject({ code: 'no-candidates' });
  });

  test('without an end token a complete text ends by itself', async () => {
    const processors = choice(['first_name', 'name'], { tokenizer, endTokenIds: [] });
    const row = await collect(generate({ ...shared, model: makeModel(), processors, endTokenIds: [] }));
    expect(['first_name', 'name']).toContain(row.text);
    expect(row.reason).toBe('stop-condition');
  });
});

describe('object', () => {
  const zod = z.object({ first_name: z.string().regex(/^[a-z]{1,4}$/), member: z.boolean() });

  test('the value, typed by the schema, and its parts while it grows', async () => {
    const object = jsonSchema(zod, { tokenizer });
    const partials: unknown[] = [];
    let value: z.infer<typeof zod> | undefined;
    for await (const event of generate({ ...shared, model: makeModel(), object })) {
      if (event.type === 'object') partials.push(event.object);
      if (event.type === 'finish' && event.objectStatus === 'complete') value = event.object;
    }
    expect(zod.parse(value)).toEqual(value);
    expect(partials.length).toBeGreaterThan(2);
    expect(partials[0]).toEqual({});
    expect(partials[1]).toEqual({ first_name: '' });
    expect(partials.at(-1)).toEqual(value);
  });

  test('a limit cuts it short, and the finish event says so', async () => {
    const object = jsonSchema<Person>(schema, { tokenizer });
    const row = await collect(generate({ ...shared, model: makeModel(), object, maxNewTokens: 12 }));
    expect(row).toMatchObject({ reason: 'max-new-tokens', objectStatus: 'cut-short' });
    expect(row.object).toBeUndefined();
    expect(Object.keys((row as unknown as { partial: object }).partial)).toEqual(['first_name']);
  });

  test("the schema's own validation may refuse", async () => {
    const object = jsonSchema(
      zod.refine(() => false, 'never'),
      { tokenizer },
    );
    const row = await collect(generate({ ...shared, model: makeModel(), object }));
    expect(row).toMatchObject({ objectStatus: 'refused', error: { code: 'invalid-object' } });
  });

  test('it needs a tokenizer, and has to be a grammar of JSON', () => {
    const object = jsonSchema(zod, { tokenizer });
    const model = makeModel();
    expect(() => generate({ model, prompt, maxNewTokens: 1, object })).toThrow(/object needs a tokenizer/);
    const wrong = regex('a', { tokenizer }) as never;
    expect(() => generate({ ...shared, model, object: wrong })).toThrow(/object must be a grammar of JSON/);
  });
});

describe('every way of generating', () => {
  const object = jsonSchema<Person>(schema, { tokenizer });

  test('beams, each with a state of its own', async () => {
    const model = makeModel();
    const texts = await textsOf(
      beamSearch({
        model,
        tokenizer,
        prompt,
        processors: object,
        numBeams: 4,
        numReturnSequences: 4,
        maxNewTokens: 120,
      }),
    );
    expect(texts).toHaveLength(4);
    for (const text of texts) expectPerson(text);
    expect(model.log.liveSessions).toBe(0);
  });

  test('drafts: the same ids as without', async () => {
    for (let seed = 0; seed < 5; seed++) {
      for (const jumpForward of [true, false]) {
        const options = { ...shared, processors: object, seed, jumpForward };
        const plain = await collect(generate({ ...options, model: makeModel() }));
        const drafted = await collect(generate({ ...options, model: makeModel(), draft: promptLookup() }));
        expect([...drafted.ids]).toEqual([...plain.ids]);
        expectPerson(drafted.text);
      }
    }
  });

  test('within a chain, behind other processors, several rows at once', async () => {
    const processors = chain(temperature(1.5), chain(object, topK(3)));
    const events = generate({ ...shared, model: makeModel(), processors, numReturnSequences: 3 });
    let rows = 0;
    for await (const event of events) {
      if (event.type !== 'finish') continue;
      expectPerson(event.text);
      rows++;
    }
    expect(rows).toBe(3);
  });

  test('runs: recorded, replayed, forked; a token outside of the grammar is refused', async () => {
    for (const jumpForward of [true, false]) {
      const model = makeModel();
      const run = await startRun({ ...shared, model, processors: object, seed: 3, jumpForward });
      expectPerson(run.record.text);
      const replay = { model, tokenizer, processors: [object] };
      expect(await verifyRun(JSON.stringify(run.record), replay)).toMatchObject({ same: true });
      const fork = await run.fork({ step: 4, seed: 9 });
      expectPerson(fork.record.text);
      expect(await verifyRun(JSON.stringify(fork.record), replay)).toMatchObject({ same: true });
      await expect(run.fork({ step: 2, token: 0 })).rejects.toMatchObject({ code: 'grammar-violated' });
      await fork.dispose();
      await run.dispose();
      expect(model.log.liveSessions).toBe(0);
    }
  });

  test('a trace says which rule is in force and how hard it forces', async () => {
    const row = await collect(
      generate({ ...shared, model: makeModel(), object, capture: { trace: true }, jumpForward: false }),
    );
    const [first] = row.steps;
    expect(first!.constraints).toHaveLength(1);
    expect(first!.constraints![0]).toMatchObject({
      processor: 'jsonSchema',
      rules: [['#']],
      forcedText: '{"first_name": "',
    });
    const inName = row.steps.find(
      ({ constraints }) => constraints?.[0]?.forcedText === '' && constraints[0].rules[0]!.length > 1,
    )!;
    expect(inName.constraints![0]!.rules).toEqual([['#', '#/properties/first_name']]);
    for (const { trace, constraints } of row.steps) {
      const [stage] = trace.stages;
      expect(stage!.type).toBe('jsonSchema');
      expect(constraints![0]!.allowed).toBe(stage!.kept);
      expect(constraints![0]!.allowedProbability).toBeCloseTo(1 - stage!.removedMass, 5);
    }
  });
});

/** The texts of a beam search. */
async function textsOf(events: ReturnType<typeof beamSearch>): Promise<string[]> {
  const texts: string[] = [];
  for await (const event of events) if (event.type === 'finish') texts.push(event.text);
  return texts;
}
