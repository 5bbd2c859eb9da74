import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { temperature } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { createPieceTokenizer, createTestModel, hashedLogits, scriptedLogits } from '../testing';
import { generate } from './generate';

const pieces = ['<s>', '</s>', 'a', 'b', ' ', 'c.', '.d', '\n'];
const tokenizer = createPieceTokenizer(pieces, { special: ['<s>', '</s>'], bos: 0, eos: 1 });
const scripted = (script: readonly number[]) =>
  createTestModel({ vocabSize: 8, logitsAfter: scriptedLogits(8, 1, script) });

describe('generate: limits', () => {
  test('maxLength counts the prompt', async () => {
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8) });
    const run = await collect(generate({ model, prompt: [1, 2, 3], maxLength: 5 }));
    expect(run).toMatchObject({ reason: 'max-length' });
    expect(run.ids).toHaveLength(2);
    const none = await collect(generate({ model, prompt: [1, 2, 3], maxLength: 3 }));
    expect(none).toMatchObject({ reason: 'max-length', ids: new Int32Array(0) });
  });

  test('minNewTokens keeps end tokens away, by the second best', async () => {
    const model = createTestModel({ vocabSize: 4, logitsAfter: () => [0, 9, 3, 1] });
    const options = { model, prompt: [0], maxNewTokens: 9, endTokenIds: [1, 2] };
    const { ids, steps } = await collect(generate({ ...options, minNewTokens: 2 }));
    expect([...ids]).toEqual([3, 3, 1]);
    expect(steps[0]).toMatchObject({ logit: 1, score: 1 });
    expect(steps[0]!.share).toBeCloseTo(Math.E / (1 + Math.E), 12);
    expect(model.log.overwrittenLogits).toBe(0);
  });

  test('maxTime ends the row behind the step that was running', async () => {
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8) });
    const run = await collect(generate({ model, prompt: [1], maxNewTokens: 1e6, maxTime: 0.05 }));
    expect(run.reason).toBe('max-time');
    expect(run.ids.length).toBeGreaterThan(0);
  });

  test('a stop id ends the row and belongs to its text; minNewTokens allows it', async () => {
    const options = {
      model: scripted([2, 3, 2]),
      tokenizer,
      prompt: [2],
      maxNewTokens: 9,
      stopTokenIds: [3],
    };
    expect(await collect(generate({ ...options, minNewTokens: 5 }))).toMatchObject({
      reason: 'stop-token',
      text: 'ab',
      ids: Int32Array.of(2, 3),
    });
  });

  test('any condition ends the row', async () => {
    const seen: unknown[] = [];
    const run = await collect(
      generate({
        model: scripted([2, 4, 3, 2]),
        tokenizer,
        prompt: [2],
        maxNewTokens: 9,
        stopWhen: ({ row, batchItem, ids, promptLength, text, step }) => {
          seen.push([row, batchItem, Array.from(ids), promptLength, text, step.id]);
          return text.endsWith('b');
        },
      }),
    );
    expect(run).toMatchObject({ reason: 'stop-condition', text: 'a b' });
    expect(seen[1]).toEqual([0, 0, [2, 2, 4], 1, 'a ', 4]);
  });

  test('endTokenInTop ends the row before anything is chosen', async () => {
    const rows = [
      [0, 1, 9, 8, 0, 0, 0, 0],
      [0, 7, 9, 8, 0, 0, 0, 0],
    ];
    const model = createTestModel({ vocabSize: 8, logitsAfter: ({ length }) => rows[length - 1]! });
    const options = { model, tokenizer, prompt: [2], maxNewTokens: 2 };
    expect(await collect(generate({ ...options, endTokenInTop: 3 }))).toMatchObject({
      reason: 'end-token-in-top',
      ids: new Int32Array(0),
    });
    expect(await collect(generate({ ...options, endTokenInTop: 2 }))).toMatchObject({
      reason: 'max-new-tokens',
      text: 'aa',
    });
  });
});

describe('generate: a full context', () => {
  const limited = (logitsAfter: (ids: readonly number[]) => number[]) =>
    createTestModel({ vocabSize: 8, contextLength: 5, logitsAfter });

  test('error: with the step', async () => {
    const model = limited(hashedLogits(8));
    const run = collect(generate({ model, prompt: [1, 2, 3], maxNewTokens: 9, contextOverflow: 'error' }));
    await expect(run).rejects.toMatchObject({ code: 'context-overflow', details: { row: 0, step: 3 } });
    expect(model.log.liveSessions).toBe(0);
  });

  test('slide: every further token comes from the last contextLength ids, as nanoGPT crops', async () => {
    const logitsAfter = hashedLogits(8);
    const prompt = [1, 2, 3, 4, 5, 6, 7];
    const ids = [...prompt];
    for (let step = 0; step < 6; step++) {
      const logits = logitsAfter(ids.slice(-5));
      ids.push(logits.indexOf(Math.max(...logits)));
    }
    const model = limited(logitsAfter);
    const run = await collect(generate({ model, prompt, maxNewTokens: 6, contextOverflow: 'slide' }));
    expect([...prompt, ...run.ids]).toEqual(ids);
    expect(run.reason).toBe('max-new-tokens');
  });

  test('slideTo: keeps the last n ids, then grows again', async () => {
    const model = limited(hashedLogits(8));
    const options = { model, prompt: [1, 2, 3], maxNewTokens: 8 };
    const run = await collect(generate({ ...options, contextOverflow: { slideTo: 2 } }));
    expect(model.log.forwards.map(([row]) => row!.length)).toEqual([3, 1, 1, 2, 1, 1, 1, 2]);
    const all = [1, 2, 3, ...run.ids];
    expect(model.log.forwards[3]).toEqual([all.slice(4, 6)]);
  });

  test('slides in a batch row by row', async () => {
    const prompts = [[1, 2, 3, 4], [5]];
    const options = { maxNewTokens: 6, contextOverflow: 'slide' } as const;
    const events = generate({ ...options, model: limited(hashedLogits(8)), prompts });
    const ids: number[][] = [[], []];
    for await (const event of events) if (event.type === 'step') ids[event.row]!.push(event.id);
    for (const [index, prompt] of prompts.entries()) {
      const alone = await collect(generate({ ...options, model: limited(hashedLogits(8)), prompt }));
      expect(ids[index]).toEqual([...alone.ids]);
    }
  });

  test('refuses a policy that is none, and one that the model cannot follow', () => {
    const model = limited(hashedLogits(8));
    const options = { model, prompt: [1], maxNewTokens: 1 };
    expect(() => generate({ ...options, contextOverflow: { slideTo: 6 } })).toThrow(
      /contextOverflow must be/,
    );
    expect(() => generate({ ...options, contextOverflow: 'crop' as never })).toThrow(
      /contextOverflow must be/,
    );
    const fixed = { ...model, capabilities: { ...model.capabilities, truncate: false } };
    expect(() => generate({ ...options, model: fixed, contextOverflow: 'slide' })).toThrow(
      expect.objectContaining({ code: 'unsupported-capability' }),
    );
  });
});

describe('generate: parts that fail', () => {
  const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8) });
  const options = { model, prompt: [1, 2], maxNewTokens: 4 };
  const broken = new Error('broken');

  test.each([
    [
      'a processor',
      {
        processors: [
          temperature(1),
          {
            kind: 'processor',
            type: 'third',
            parameters: {},
            process: (_: Float32Array, { ids }: { ids: ArrayLike<number> }) => {
              if (ids.length === 4) throw broken;
            },
          } satisfies LogitsProcessor,
        ],
      },
      { code: 'processor-failed', details: { processor: 'third', step: 2, row: 0 }, cause: broken },
    ],
    [
      'a processor that accepts',
      {
        processors: {
          kind: 'processor',
          type: 'third',
          parameters: {},
          accept: () => {
            throw broken;
          },
          process: () => undefined,
        } satisfies LogitsProcessor,
      },
      { code: 'processor-failed', details: { processor: 'third', step: 0, row: 0 }, cause: broken },
    ],
    [
      'a sampler',
      {
        sampler: {
          kind: 'sampler',
          type: 'wild',
          parameters: {},
          sample: () => {
            throw broken;
          },
        } satisfies Sampler,
      },
      { code: 'sampler-failed', details: { sampler: 'wild', step: 0, row: 0 }, cause: broken },
    ],
    [
      'a stop condition',
      {
        stopWhen: ({ step }: { step: { step: number } }) => {
          if (step.step === 1) throw broken;
          return false;
        },
      },
      { code: 'stop-condition-failed', details: { step: 1, row: 0 }, cause: broken },
    ],
    [
      'a processor that removes everything',
      {
        processors: {
          kind: 'processor',
          type: 'all',
          parameters: {},
          process: (s: Float32Array) => s.fill(-Infinity),
        },
      },
      { code: 'no-candidates', details: { sampler: 'greedy', step: 0, row: 0 } },
    ],
  ])('%s that throws: a typed error with the step', async (_, parts, error) => {
    await expect(collect(generate({ ...options, ...(parts as object) }))).rejects.toMatchObject(error);
    expect(model.log.liveSessions).toBe(0);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a model that returns %d', async (value) => {
    const bad = createTestModel({
      vocabSize: 8,
      logitsAfter: (ids) => hashedLogits(8)(ids).map((x, id) => (ids.length === 3 && id === 5 ? value : x)),
    });
    await expect(collect(generate({ ...options, model: bad }))).rejects.toMatchObject({
      code: 'invalid-logits',
      details: { step: 1, row: 0, index: 5 },
    });
    expect(bad.log.liveSessions).toBe(0);
  });
});
