import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import {
  categorical,
  classifierFreeGuidance,
  greedy,
  noRepeatNgram,
  repetitionPenalty,
  temperature,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { collectRows } from '../events/collect-rows';
import { generate } from '../loop/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { chiSquare, chiSquareLimit } from '../testing/chi-square';
import { nearRows, speculativeVariants, targetRows, testTransitions } from '../testing/speculative-variants';
import type { Draft } from './draft';
import { modelDraft } from './model-draft';
import { promptLookup } from './prompt-lookup';
import { verifyDrawn } from './verify-drawn';

const vocabSize = 6;
/** Repeats itself often: what follows depends on the last two ids alone. */
const repetitive = (seed: number, contextLength = 60) => {
  const logitsAfter = hashedLogits(vocabSize, seed);
  return createTestModel({ vocabSize, contextLength, logitsAfter: (ids) => logitsAfter(ids.slice(-2)) });
};

/** Counts the ids it has accepted and takes the count off the last of them: order and rollback matter. */
const stateful: LogitsProcessor<readonly number[]> = {
  kind: 'processor',
  type: 'stateful',
  parameters: {},
  initialState: () => [],
  accept: (state, id) => [...state, id],
  process: (scores, { ids, promptLength }, state) => {
    expect(state).toEqual(Array.from(ids).slice(promptLength));
    const last = state.at(-1);
    if (last !== undefined) scores[last]! -= state.length % 3;
  },
};

/** A sampler with a state that draws: neither greedy nor a plain distribution. */
const wandering: Sampler<number> = {
  kind: 'sampler',
  type: 'wandering',
  parameters: {},
  initialState: () => 1,
  sample: (scores, context, state) => {
    const scaled = scores.map((score) => score / state);
    const { id, draw } = categorical().sample(scaled, context, undefined);
    return { id, ...(draw !== undefined && { draw }), state: 1 + ((state + id) % 2) };
  },
};

describe('generate with a draft', () => {
  const arbitrary = fc.record({
    prompts: fc.array(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 3,
    }),
    seed: fc.nat({ max: 1000 }),
    maxNewTokens: fc.integer({ min: 1, max: 25 }),
    tokens: fc.integer({ min: 1, max: 6 }),
    contextLength: fc.integer({ min: 12, max: 40 }),
    processors: fc.constantFrom<LogitsProcessor[]>(
      [],
      [repetitionPenalty(1.2)],
      [stateful, temperature(0.8)],
      [noRepeatNgram(3)],
    ),
  });
  const sampler = fc.constantFrom<Sampler>(greedy(), wandering as Sampler, categorical());

  test('prompt lookup changes nothing: same ids, same draws, same reasons, for any sampler', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, sampler, async ({ tokens, contextLength, ...options }, chosen) => {
        const shared = { ...options, sampler: chosen, endTokenIds: [5], contextOverflow: 'stop' } as const;
        const plain = await collectRows(generate({ ...shared, model: repetitive(1, contextLength) }));
        const model = repetitive(1, contextLength);
        const drafted = await collectRows(generate({ ...shared, model, draft: promptLookup({ tokens }) }));
        for (const [row, { steps, draft, ...rest }] of drafted.entries()) {
          const { steps: before, ...same } = plain[row]!;
          expect(rest).toEqual(same);
          expect(steps.map(({ drafted: _, ...step }) => step)).toEqual(before);
          expect(draft!.accepted).toBe(steps.filter((step) => step.drafted?.accepted).length);
          expect(draft!.forwards).toBeLessThanOrEqual(steps.length);
        }
        expect(model.log).toMatchObject({ liveSessions: 0, overwrittenLogits: 0 });
      }),
      { numRuns: 60 },
    );
  });

  test('another model as a draft changes nothing for greedy choice', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.boolean(), async ({ tokens, contextLength, ...options }, alike) => {
        const shared = { ...options, endTokenIds: [5] };
        const plain = await collectRows(generate({ ...shared, model: repetitive(1, contextLength) }));
        const assistant = repetitive(alike ? 1 : 2, 30);
        const model = repetitive(1, contextLength);
        const drafted = await collectRows(
          generate({ ...shared, model, draft: modelDraft(assistant, { tokens }) }),
        );
        expect(drafted.map(({ ids, reason }) => ({ ids, reason }))).toEqual(
          plain.map(({ ids, reason }) => ({ ids, reason })),
        );
        expect([model.log.liveSessions, assistant.log.liveSessions]).toEqual([0, 0]);
      }),
      { numRuns: 40 },
    );
  });

  test('a draft that is always right saves forwards, and the rate says so', async () => {
    const model = repetitive(1);
    const draft = modelDraft(repetitive(1), { tokens: 4 });
    const { draft: statistics, ids } = await collect(
      generate({ model, prompt: [1, 2], maxNewTokens: 16, draft }),
    );
    expect(ids).toHaveLength(16);
    // One token from the prompt, then five a forward.
    expect(statistics).toEqual({ proposed: 12, accepted: 12, acceptanceRate: 1, forwards: 4 });
    expect(model.log.forwards).toHaveLength(4);
  });

  test('guidance, sliding and stop strings go along with a draft', async () => {
    const tokenizer = createPieceTokenizer(['a', 'b', 'c', 'd', 'e', 'f']);
    const options = {
      tokenizer,
      prompt: 'abcabcabcab',
      maxNewTokens: 30,
      processors: classifierFreeGuidance(1.5),
      negativePrompt: 'ba',
      contextOverflow: 'slide',
      stopStrings: ['ffe'],
    } as const;
    const plain = await collect(generate({ ...options, model: repetitive(4, 24) }));
    const model = repetitive(4, 24);
    const drafted = await collect(generate({ ...options, model, draft: promptLookup() }));
    expect([drafted.text, drafted.reason]).toEqual([plain.text, plain.reason]);
    expect(model.log.liveSessions).toBe(0);
  });

  test("in a caller's session: it holds everything but the last id, rejected proposals never", async () => {
    const model = repetitive(1);
    const session = await model.createSession();
    const prompt = [1, 2, 3, 1, 2, 3, 1, 2];
    const run = await collect(generate({ model, session, prompt, maxNewTokens: 7, draft: promptLookup() }));
    expect(session.lengths).toEqual([14]);
    const plain = await collect(generate({ model, prompt, maxNewTokens: 7 }));
    expect(run.ids).toEqual(plain.ids);
  });

  const broken = (proposal: () => Promise<{ ids: number[] }>): Draft => ({
    kind: 'draft',
    type: 'broken',
    parameters: {},
    openRow: () => ({ propose: proposal, dispose: async () => undefined }),
  });
  test.each([
    ['throws', async () => Promise.reject(new Error('no idea'))],
    ['proposes what is no id', async () => ({ ids: [9] })],
    ['proposes too much', async () => ({ ids: Array(50).fill(1) })],
  ])('a draft that %s: a typed error with the step', async (_, propose) => {
    const model = repetitive(1);
    const run = collect(generate({ model, prompt: [1], maxNewTokens: 4, draft: broken(propose) }));
    await expect(run).rejects.toMatchObject({
      code: 'draft-failed',
      details: { draft: 'broken', step: 1, row: 0 },
    });
    expect(model.log.liveSessions).toBe(0);
  });

  test('an abort while the draft reads', async () => {
    const controller = new AbortController();
    const assistant = createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize), chunkSize: 1 });
    const model = repetitive(1);
    const { signal } = controller;
    const events = [];
    for await (const event of generate({
      model,
      prompt: [1, 2, 3],
      maxNewTokens: 9,
      draft: modelDraft(assistant),
      signal,
    })) {
      events.push(event);
      if (event.type === 'step') setTimeout(() => controller.abort(), 1);
    }
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'aborted' });
    expect([model.log.liveSessions, assistant.log.liveSessions]).toEqual([0, 0]);
  });

  test('what a draft needs is checked at once', () => {
    const model = repetitive(1);
    expect(() => promptLookup({ minNgram: 4 })).toThrow(/minNgram must be at most 3/);
    expect(() => promptLookup({ ngram: 4 } as never)).toThrow(/did you mean maxNgram|minNgram/);
    expect(() => modelDraft({} as never)).toThrow(/model must be/);
    expect(() => modelDraft(model, { tokens: 0 })).toThrow(/tokens must be/);
    const poor = { ...model, capabilities: { ...model.capabilities, allPositions: false } };
    expect(() => generate({ model: poor, prompt: [1], maxNewTokens: 1, draft: promptLookup() })).toThrow(
      expect.objectContaining({ code: 'unsupported-capability' }),
    );
  });
});

describe('speculative sampling is plain sampling in distribution', () => {
  test('10,000 draws behind processors: every transition as often as it should be', async () => {
    const { statistic, limit, acceptanceRate } = await testTransitions(
      speculativeVariants['behind processors']!,
      10,
    );
    expect(statistic).toBeLessThan(limit);
    expect(acceptanceRate).toBeGreaterThan(0.2);
  });

  test('keeping what the draft drew, without a look, would be noticed', () => {
    const random = createRandom(5);
    const [p, q] = [targetRows[0]!, nearRows[0]!];
    const counts = [0, 1].map(() => Array.from(p, () => 0));
    for (let draw = 0; draw < 30_000; draw++) {
      const { id } = categorical().sample(q, { random, row: 0 }, undefined);
      counts[0]![id]!++;
      counts[1]![verifyDrawn(p, id, q, random).id]!++;
    }
    const [blind, exact] = counts.map((each) => chiSquare(each, softmax(p)));
    expect(blind!.statistic).toBeGreaterThan(3 * chiSquareLimit(blind!.degrees));
    expect(exact!.statistic).toBeLessThan(chiSquareLimit(exact!.degrees));
  });
});
