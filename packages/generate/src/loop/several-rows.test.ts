import type { LanguageModel, LogitsProcessor } from '@nexttoken/model';
import { logSoftmax } from '@nexttoken/numeric';
import { categorical, classifierFreeGuidance, repetitionPenalty, temperature } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { collectRows } from '../events/collect-rows';
import { createPieceTokenizer, createTestModel, hashedLogits, scriptedLogits } from '../testing';
import { generate } from './generate';

const hashed = (vocabSize = 12) => createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize) });

/** A model in which one capability is missing. */
const without = (model: LanguageModel, missing: object): LanguageModel => ({
  ...model,
  capabilities: { ...model.capabilities, ...missing },
});

describe('generate: several rows', () => {
  test('each row of a batch is what it is alone: ragged prompts, ends of their own, a seed a row', async () => {
    const rowsOf = fc.array(
      fc.record({
        prompt: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 9 }),
        seed: fc.nat({ max: 1e6 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const model = hashed();
        const options = {
          model,
          processors: [repetitionPenalty(1.2), temperature(0.8)],
          sampler: categorical(),
          maxNewTokens: 8,
          endTokenIds: [3, 7],
        };
        const prompts = rows.map(({ prompt }) => prompt);
        const seeds = rows.map(({ seed }) => seed);
        const batch = await collectRows(generate({ ...options, prompts, seeds }));
        expect(model.log.forwards.length).toBeLessThanOrEqual(8);
        for (const [index, { prompt, seed }] of rows.entries()) {
          const alone = await collect(generate({ ...options, prompt, seed }));
          expect(batch[index]!.ids).toEqual(alone.ids);
          expect(batch[index]!.reason).toBe(alone.reason);
          expect(batch[index]!.steps.map(({ draw }) => draw)).toEqual(alone.steps.map(({ draw }) => draw));
        }
        expect(model.log).toMatchObject({ liveSessions: 0, overwrittenLogits: 0 });
      }),
      { numRuns: 30 },
    );
  });

  test('a row that has ended sits out: nothing is padded', async () => {
    const model = createTestModel({
      vocabSize: 8,
      logitsAfter: (ids) => scriptedLogits(8, 1, ids[0] === 2 ? [4, 1] : [5, 5, 5, 5])(ids),
    });
    const rows = await collectRows(
      generate({ model, prompts: [[2], [3]], maxNewTokens: 4, endTokenIds: [1] }),
    );
    expect(model.log.forwards).toEqual([
      [[2], [3]],
      [[4], [5]],
      [[], [5]],
      [[], [5]],
    ]);
    expect(rows.map(({ reason }) => reason)).toEqual(['end-token', 'max-new-tokens']);
  });

  test('a row that ends between others is dropped, so that these stay neighbours', async () => {
    const model = createTestModel({
      vocabSize: 8,
      logitsAfter: (ids) => scriptedLogits(8, 1, ids[0] === 2 ? [4, 1] : [5, 5, 5, 5])(ids),
    });
    const prompts = [[3], [2], [4]];
    const rows = await collectRows(generate({ model, prompts, maxNewTokens: 4, endTokenIds: [1] }));
    expect(model.log.forwards).toEqual([
      [[3], [2], [4]],
      [[5], [4], [5]],
      [[5], [5]],
      [[5], [5]],
    ]);
    expect(rows.map(({ ids }) => ids.length)).toEqual([4, 2, 4]);
  });

  test('several continuations read their prompt once, and draw apart', async () => {
    const model = hashed();
    const options = { model, sampler: categorical(), maxNewTokens: 6, seed: 5 };
    const prompts = [[1, 2, 3], [4]];
    const rows = await collectRows(generate({ ...options, prompts, numReturnSequences: 3 }));
    expect(model.log.forwards[0]).toEqual(prompts);
    expect(model.log.forwards[1]).toHaveLength(6);
    expect(new Set(rows.map(({ ids }) => ids.join())).size).toBeGreaterThan(4);
    const slow = without(model, { select: false });
    const again = await collectRows(generate({ ...options, model: slow, prompts, numReturnSequences: 3 }));
    expect(again).toEqual(rows);
  });

  test('the events of each row make up its text', async () => {
    const tokenizer = createPieceTokenizer(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']);
    const texts = ['', ''];
    const finals: string[] = [];
    for await (const event of generate({
      model: hashed(),
      tokenizer,
      prompts: ['ab', 'cde'],
      maxNewTokens: 5,
    })) {
      if (event.type === 'text') texts[event.row]! += event.text;
      if (event.type === 'finish') finals[event.row] = event.text;
    }
    expect(texts).toEqual(finals);
    expect(texts.every(({ length }) => length === 5)).toBe(true);
  });

  test('what cannot be had is refused at once', () => {
    const model = hashed();
    const errorOf = (options: object) => {
      try {
        generate({ model, maxNewTokens: 1, ...options } as never);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const parameter = (name: string) => ({ code: 'invalid-parameter', details: { parameter: name } });
    expect(errorOf({ prompt: [1], prompts: [[1]] })).toMatchObject(parameter('prompts'));
    expect(errorOf({ prompts: [] })).toMatchObject(parameter('prompts'));
    expect(errorOf({ prompts: [[1]], seeds: [1, 2] })).toMatchObject(parameter('seeds'));
    expect(errorOf({ prompt: [1], seeds: [1], seed: 1 })).toMatchObject(parameter('seeds'));
    expect(errorOf({ prompt: [1], numReturnSequences: 0 })).toMatchObject(parameter('numReturnSequences'));
    expect(errorOf({ prompts: [[1], [99]] })).toMatchObject({
      code: 'invalid-token-id',
      details: { id: 99 },
    });
    const narrow = without(model, { maxRows: 2 });
    expect(errorOf({ model: narrow, prompt: [1], numReturnSequences: 3 })).toMatchObject({
      code: 'unsupported-capability',
      details: { capability: 'maxRows', rows: 3, maxRows: 2 },
    });
  });
});

describe('generate: a guidance row', () => {
  /** Notes the guidance that it gets. */
  const noting = (seen: Float32Array[]): LogitsProcessor => ({
    kind: 'processor',
    type: 'noting',
    parameters: {},
    requires: { guidance: true },
    process: (_, { guidance }) => {
      seen.push(guidance!.slice());
    },
  });
  const logitsAfter = hashedLogits(12);
  const rowsAfter = (start: readonly number[], ids: ArrayLike<number>) =>
    Array.from({ length: ids.length }, (_, step) =>
      Float32Array.from(logitsAfter([...start, ...Array.from(ids).slice(0, step)])),
    );

  test('reads the negative prompt, then every new id; by default the last token of the prompt', async () => {
    const model = hashed();
    for (const negativePrompt of [[7, 8, 9], undefined]) {
      const seen: Float32Array[] = [];
      const options = { model, prompt: [1, 2, 3], negativePrompt, maxNewTokens: 5, processors: noting(seen) };
      const { ids } = await collect(generate(options));
      expect(seen).toEqual(rowsAfter(negativePrompt ?? [3], ids));
    }
    expect(model.log).toMatchObject({ liveSessions: 0, overwrittenLogits: 0 });
  });

  test('classifier-free guidance by its definition, in a batch with several continuations', async () => {
    const model = hashed();
    const shared = {
      maxNewTokens: 6,
      sampler: categorical(),
      processors: classifierFreeGuidance(2),
      negativePrompt: [5],
    };
    const prompts = [[1, 2], [3]];
    const seeds = [1, 2, 3, 4];
    const rows = await collectRows(
      generate({ ...shared, model, prompts, numReturnSequences: 2, seeds, capture: { scores: true } }),
    );
    for (const [row, { ids, steps }] of rows.entries()) {
      const prompt = prompts[Math.floor(row / 2)]!;
      const against = rowsAfter([5], ids).map((each) => logSoftmax(each));
      const own = rowsAfter(prompt, ids).map((each) => logSoftmax(each));
      for (const [step, { scores }] of steps.entries()) {
        scores.forEach((score, id) => {
          const u = against[step]![id]!;
          expect(score).toBeCloseTo(u + 2 * (own[step]![id]! - u), 4);
        });
      }
      const alone = await collect(generate({ ...shared, model, prompt, seed: seeds[row] }));
      expect(alone.ids).toEqual(ids);
    }
  });

  test('without such a processor a negative prompt is refused', () => {
    expect(() => generate({ model: hashed(), prompt: [1], negativePrompt: [2], maxNewTokens: 1 })).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: { owner: 'generate', option: 'negativePrompt' },
      }),
    );
  });
});
