import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import {
  categorical,
  chain,
  dynamicTemperature,
  frequencyPenalty,
  minP,
  mirostatV2,
  noRepeatNgram,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  traceChain,
  typicalP,
  xtc,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { promptLookup } from '../draft/prompt-lookup';
import { collect } from '../events/collect';
import { collectRows } from '../events/collect-rows';
import type { GenerateOptions } from '../options/generate-options';
import { startRun } from '../run/start-run';
import { createTestModel, hashedLogits } from '../testing';
import { generate } from './generate';

const share = fc.double({ min: 0.05, max: 0.99, noNaN: true });
const stage = fc.oneof(
  fc.double({ min: 0.3, max: 2, noNaN: true }).map((t) => temperature(t)),
  fc.integer({ min: 2, max: 300 }).map((k) => topK(k)),
  share.map((p) => topP(p)),
  share.map((p) => minP(p / 5)),
  share.map((p) => typicalP(p)),
  fc.constantFrom<LogitsProcessor>(
    repetitionPenalty(1.3),
    frequencyPenalty(0.4),
    noRepeatNgram(2),
    dynamicTemperature(0.9, { range: 0.4 }),
    xtc(0.5, { threshold: 0.05 }),
    chain(topK(40), temperature(0.8)) as unknown as LogitsProcessor,
  ),
);
const model = createTestModel({ vocabSize: 400, logitsAfter: hashedLogits(400) });

/** Ids, draws and rows of scores by the plain chain, one step after the other. */
function byHand(
  processors: readonly LogitsProcessor[],
  prompt: readonly number[],
  seed: number,
  steps: number,
) {
  const plain = chain(...processors);
  const sampler = categorical();
  const random = createRandom(seed);
  const ids = [...prompt];
  let state = plain.initialState();
  return Array.from({ length: steps }, () => {
    const scores = Float32Array.from(model.options.logitsAfter(ids));
    plain.process(scores, { ids, promptLength: prompt.length, row: 0, batchItem: 0, random }, state);
    const { id, draw } = sampler.sample(scores, { random, row: 0 }, undefined);
    ids.push(id);
    state = plain.accept(state, id);
    return { id, draw, scores };
  });
}

describe('generate: its processors are compiled', () => {
  test('same ids, draws and scores as the plain chain, whatever the processors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stage, { maxLength: 5 }), fc.nat(), async (processors, seed) => {
        const shared = { model, prompt: [1, 2, 1], maxNewTokens: 6, sampler: categorical(), seed };
        const expected = byHand(processors, shared.prompt, seed, 6);
        const plain = await collect(generate({ ...shared, processors, capture: { scores: true } }));
        expect(plain.steps.map(({ id, draw, scores }) => ({ id, draw, scores }))).toEqual(expected);
        const traced = await collect(generate({ ...shared, processors, capture: { trace: true } }));
        expect(traced.steps.map(({ trace, ...step }) => step)).toEqual(
          plain.steps.map(({ scores, ...step }) => step),
        );
        expect(traced.steps.map(({ trace }) => trace.scores)).toEqual(expected.map(({ scores }) => scores));
      }),
      { numRuns: 60 },
    );
  });

  test('a processor of one’s own runs as it is, also under a known name', async () => {
    const process = (scores: Float32Array) => void scores.fill(Number.NEGATIVE_INFINITY, 1);
    const processors = [temperature(0.5), { ...topK(50), process }];
    const { ids } = await collect(generate({ model, prompt: [3], maxNewTokens: 2, processors }));
    expect([...ids]).toEqual([0, 0]);
  });

  test('the stage that fails is named, also within a chain', async () => {
    const failing: LogitsProcessor = {
      kind: 'processor',
      type: 'failing',
      parameters: {},
      process: () => {
        throw new Error('broken');
      },
    };
    for (const capture of [{}, { trace: true }]) {
      const processors = [temperature(0.5), chain(topK(9), failing)];
      const run = collect(generate({ model, prompt: [3], maxNewTokens: 2, processors, capture }));
      await expect(run).rejects.toMatchObject({
        code: 'processor-failed',
        details: { processor: 'failing', step: 0, row: 0 },
      });
    }
  });
});

describe('generate: capture: { trace: true }', () => {
  const shared = {
    model,
    prompt: [5, 6],
    maxNewTokens: 4,
    sampler: categorical(),
    seed: 3,
    processors: [repetitionPenalty(1.2), chain(temperature(0.7), topK(30)), topP(0.8)],
  } satisfies GenerateOptions;

  test('each step carries what traceChain tells of its row', async () => {
    const { steps } = await collect(generate({ ...shared, capture: { trace: true, logits: true } }));
    const ids = [...shared.prompt];
    for (const { id, score, trace, logits } of steps) {
      const context = { ids, promptLength: 2, row: 0, batchItem: 0 };
      expect(trace).toEqual(traceChain(chain(...shared.processors), logits, context));
      expect(trace.stages.map(({ name, path }) => [name, ...path])).toEqual([
        ['repetitionPenalty', 0],
        ['temperature', 1, 0],
        ['topK', 1, 1],
        ['topP', 2],
      ]);
      expect(trace.stages[2]).toMatchObject({ kept: 30, removed: 370 });
      expect(trace.scores[id]).toBe(score);
      expect(trace.removedBy[id]).toBe(0);
      ids.push(id);
    }
  });

  test('it is in the types only where it was asked for', async () => {
    const { steps } = await collect(generate({ ...shared, capture: { trace: true } }));
    expectTypeOf(steps[0]!.trace.removedBy).toEqualTypeOf<Uint16Array>();
    // @ts-expect-error not asked for
    expect(steps[0]!.logits).toBeUndefined();
    const plain = await collect(generate({ ...shared, capture: { logits: true } }));
    // @ts-expect-error not asked for
    expect(plain.steps[0]!.trace).toBeUndefined();
    expect(plain.steps[0]).not.toHaveProperty('trace');
  });

  test('it changes nothing else: several rows, drafts, samplers with a state, early ends', async () => {
    const variants: readonly Partial<GenerateOptions>[] = [
      { prompt: undefined, prompts: [[1], [2, 3]], numReturnSequences: 2 },
      { draft: promptLookup(), prompt: [1, 2, 3, 1, 2, 3, 1, 2], maxNewTokens: 12 },
      { sampler: mirostatV2(3) },
      { minNewTokens: 3, endTokenIds: [7, 8, 9] },
      { processors: undefined },
    ];
    for (const variant of variants) {
      const plain = await collectRows(generate({ ...shared, ...variant }));
      const traced = await collectRows(generate({ ...shared, ...variant, capture: { trace: true } }));
      const without = traced.map(({ steps, ...row }) => ({
        ...row,
        steps: steps.map(({ trace, ...step }) => step),
      }));
      expect(without).toEqual(plain);
      expect(traced.every(({ steps }) => steps.every(({ trace }) => trace.scores.length === 400))).toBe(true);
    }
  });

  test('end tokens that come too early come in removed: no stage removed them', async () => {
    const options = { ...shared, processors: topK(2), minNewTokens: 1, endTokenIds: [7] };
    const { steps } = await collect(generate({ ...options, capture: { trace: true } }));
    expect(steps[0]!.trace.removedBy[7]).toBe(0);
    expect(steps[0]!.trace.scores[7]).toBe(Number.NEGATIVE_INFINITY);
    expect(steps[0]!.trace.stages[0]).toMatchObject({ kept: 2, removed: 397 });
  });

  test('a run keeps no traces, and says so', async () => {
    const capture = { trace: true } as never;
    await expect(startRun({ model, prompt: [1], maxNewTokens: 1, capture })).rejects.toMatchObject({
      code: 'unsupported-option',
      details: { option: 'trace' },
    });
  });
});
